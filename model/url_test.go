package model

import (
	"errors"
	"strings"
	"testing"
)

// TestParseURL compares with what the web says a url is. Rows named rfc3986 are those where a parser of RFC 3986,
// such as Go's net/url, keeps another string or refuses, so that the wrong library would show.
func TestParseURL(t *testing.T) {
	for _, tt := range []struct{ reason, url, base, want string }{
		{"draft 52: the example's url takes its scheme from the page", "//example.com/", "https://page.test/a/b?c", "https://example.com/"},
		{"draft 52: on an http page the same call means another origin", "//example.com/", "http://page.test/", "http://example.com/"},
		{"WPT getregistration: url-with-fragment: the fragment is ignored", "scope#ref", pageURL, "https://example.com/resources/scope"},
		{"URL serializing: an empty fragment is a fragment", "https://example.com/#", "", "https://example.com/"},
		{"URL serializing: an empty query is not an absent one", "https://example.com/?#ref", "", "https://example.com/?"},
		{"URL path start: an origin alone has the path /", "https://example.com", "", "https://example.com/"},
		{"URL relative state: the empty url is the base itself", "", pageURL, pageURL},
		{"WPT registration-tests-scope: self-reference", "./././scope", pageURL, "https://example.com/resources/scope"},
		{"WPT registration-tests-scope: parent-reference", "../resources/scope", pageURL, "https://example.com/resources/scope"},
		{"WPT registration-tests-scope: non-escaped multibyte characters", "ｓｃｏｐｅ/", pageURL, "https://example.com/resources/%EF%BD%93%EF%BD%83%EF%BD%8F%EF%BD%90%EF%BD%85/"},
		{"WPT registration-tests-scope: escaped multibyte characters keep their case", "%ef%bd%93/", pageURL, "https://example.com/resources/%ef%bd%93/"},
		{"WPT registration-tests-scope: consecutive slashes are not unified", "scope////x", pageURL, "https://example.com/resources/scope////x"},

		{"rfc3986: a backslash is a slash in special urls", `https:\\example.com\a\b`, "", "https://example.com/a/b"},
		{"rfc3986: a backslash also climbs", `..\a`, pageURL, "https://example.com/a"},
		{"rfc3986: but it stays one in a query", `https://example.com/?\`, "", `https://example.com/?\`},
		{"rfc3986: tabs and newlines are stripped anywhere", "ht\ntps://exa\tmple.com/\r\na", "", "https://example.com/a"},
		{"rfc3986: leading and trailing spaces and controls are stripped", " \x00https://example.com/a \x1f", "", "https://example.com/a"},
		{"rfc3986: other spaces are escaped", "https://example.com/a b?c d", "", "https://example.com/a%20b?c%20d"},
		{"rfc3986: a default port is dropped", "https://example.com:443/", "", "https://example.com/"},
		{"another port is kept: it is another origin", "https://example.com:8443/", "", "https://example.com:8443/"},
		{"the default port of another scheme is kept", "https://example.com:80/", "", "https://example.com:80/"},
		{"rfc3986: scheme and host become lower case, the path does not", "HTTPS://EXAMPLE.com/A", "", "https://example.com/A"},
		{"rfc3986: an IDNA host becomes punycode", "https://Bücher.example/", "", "https://xn--bcher-kva.example/"},
		{"rfc3986: IDNA is non-transitional: ß is not ss", "https://faß.example/", "", "https://xn--fa-hia.example/"},
		{"rfc3986: a number is an IPv4 address", "https://0x7f.1/", "", "https://127.0.0.1/"},
		{"rfc3986: slashes after a special scheme may be missing", "https:example.com/a", "", "https://example.com/a"},
		{"rfc3986: with a base of the same scheme that is a relative url", "https:a", pageURL, "https://example.com/resources/a"},
		{"rfc3986: escaped dots are dots", "%2e%2E/a", pageURL, "https://example.com/a"},
		{"rfc3986: other escapes are not decoded, so %61 is not a", "/%61", pageURL, "https://example.com/%61"},
		{"rfc3986: a lone percent sign is kept", "/100%", pageURL, "https://example.com/100%"},
		{"whatwg/url#846 (2025): paths escape ^", "/^?^", pageURL, "https://example.com/%5E?^"},
		{"WebIDL ScalarValueString (draft 35): what is no character becomes U+FFFD", "/\xff", pageURL, "https://example.com/%EF%BF%BD"},
		{"a user name is part of the url, although not of its origin", "https://me@example.com/", "", "https://me@example.com/"},
		{"other schemes parse: that they match nothing is Matches' business", "data:text/plain,a#b", "", "data:text/plain,a"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got, err := ParseURL(tt.url, tt.base)
			if err != nil || got != tt.want {
				t.Errorf("ParseURL(%q, %q) = %q, %v; want %q", tt.url, tt.base, got, err, tt.want)
			}
		})
	}
}

func TestParseURLRefuses(t *testing.T) {
	for _, tt := range []struct{ reason, url, base string }{
		{"a relative url has no meaning without a base", "//example.com/", ""},
		{"nor has the empty one", "", ""},
		{"the base has to parse as well", "/a", "not a url"},
		{"a data: url is no base", "/a", "data:,"},
		{"a special url has a host", "https://", ""},
		{"a space is no host character", "https://exa mple.com/", ""},
		{"nor is an escaped slash", "https://exa%2fmple.com/", ""},
		{"ports end at 65535", "https://example.com:65536/", ""},
		{"256 is no part of an IPv4 address", "https://1.2.3.256/", ""},
		{"an IPv6 address needs its bracket", "https://[::1/", ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got, err := ParseURL(tt.url, tt.base)
			checkRefused(t, err, "TypeError", ErrNotURL)
			if got != "" {
				t.Errorf("got %q beside the error", got)
			}
		})
	}
}

func TestNewRegistered(t *testing.T) {
	const script = "https://example.com/resources/worker.js"
	for _, tt := range []struct {
		reason, scope, script string
		name                  string // of the exception; empty if the registration is accepted
		err                   error
	}{
		{"WPT registration-tests-scope: escaped slash", "https://example.com/resources/scope%2fa", script, "TypeError", ErrEscapedSeparator},
		{"WPT registration-tests-scope: escaped backslash", "https://example.com/resources/scope%5ca", script, "TypeError", ErrEscapedSeparator},
		{"Start Register: in either case", "https://example.com/resources/scope%2Fa", script, "TypeError", ErrEscapedSeparator},
		{"Start Register: in either case", "https://example.com/resources/scope%5Ca", script, "TypeError", ErrEscapedSeparator},
		{"WPT registration-tests-script-url: escaped slash", "https://example.com/", "https://example.com/resources%2fworker.js", "TypeError", ErrEscapedSeparator},
		{"WPT registration-tests-script-url: escaped backslash", "https://example.com/", "https://example.com/resources%5cworker.js", "TypeError", ErrEscapedSeparator},
		{"Start Register looks at the path only", "https://example.com/resources/?a%2fb%5c", script, "", nil},
		{"a doubly escaped slash is not one", "https://example.com/resources/a%252fb", script, "", nil},
		{"a backslash is a slash before anyone looks", `https://example.com/resources\a`, script, "", nil},
		{"WPT registration-tests-scope: data: scope", "data:text/html,", script, "TypeError", ErrNotHTTP},
		{"WPT registration-tests-scope: ftp: scope", "ftp://example.com/", script, "TypeError", ErrNotHTTP},
		{"WPT registration-tests-scope: filesystem: scope of the same origin", "filesystem:https://example.com/resources/", script, "TypeError", ErrNotHTTP},
		{"a blob: script of the same origin", "https://example.com/", "blob:https://example.com/0-0-0", "TypeError", ErrNotHTTP},
		{"Start Register: failure to parse the scope", "/resources/", script, "TypeError", ErrNotURL},
		{"Start Register: failure to parse the script", "https://example.com/", "", "TypeError", ErrNotURL},
		{"WPT registration-tests-security-error: scope of another origin", "https://example.org/", script, "SecurityError", ErrOtherOrigin},
		{"a subdomain is another origin", "https://www.example.com/", script, "SecurityError", ErrOtherOrigin},
		{"http is another origin", "http://example.com/", script, "SecurityError", ErrOtherOrigin},
		{"a port is another origin", "https://example.com:8443/", script, "SecurityError", ErrOtherOrigin},
		{"the default port is not", "https://example.com:443/", script, "", nil},
		{"nor are a user name and capitals", "https://me@EXAMPLE.com/", script, "", nil},
		{"http is left to the trust in its origin (localhost)", "http://localhost/", "http://localhost/worker.js", "", nil},
		{"the path restriction is left to the response's header", "https://example.com/", script, "", nil},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			r, err := NewRegistered(tt.scope, tt.script)
			if tt.err != nil {
				checkRefused(t, err, tt.name, tt.err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			scope, _ := ParseURL(tt.scope, "")
			script, _ := ParseURL(tt.script, "")
			if want := (Registered{scope, script}); r != want {
				t.Errorf("got %v, want %v", r, want)
			}
		})
	}

	t.Run("Start Register: fragments are dropped from both", func(t *testing.T) {
		r, err := NewRegistered("https://example.com/#a", script+"#b")
		if want := (Registered{"https://example.com/", script}); r != want || err != nil {
			t.Errorf("got %v, %v; want %v", r, err, want)
		}
	})
}

func TestURLErrorSaysWhatToDo(t *testing.T) {
	_, err := ParseURL("//example.com/", "")
	want := `TypeError: "//example.com/" does not parse as a url; a relative one needs a base that does`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// FuzzParseURL holds that parsing never panics; that http and https urls, the only ones that can match, come back in
// a normal form which is ASCII, has no fragment and parses to itself; and that a registration is in its own scope.
//
// Left out on purpose are other schemes (by the letter of 2023, "data:a #b" serialises to "data:a ", which parses to
// "data:a") and input beyond any host name (golang.org/x/net/idna encodes labels of 2,000 characters, but does not
// decode them again).
func FuzzParseURL(f *testing.F) {
	for _, seed := range [][2]string{
		{"//example.com/", "https://page.test/"},
		{`HTTPS:\\EXAMPLE.com:443\a\..\b c#d`, ""},
		{"../%2e%2E/ｓ?^#", pageURL},
		{"https://me:%40@faß.example:8443/%2f", ""},
		{"http://0x7f.1/\xff", ""},
		{"http://[::1]:80/", ""},
		{"data:a #b", ""},
		{"file:///C|/a", ""},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, url, base string) {
		once, err := ParseURL(url, base)
		if len(url)+len(base) > 1000 {
			return
		}
		if err != nil {
			checkRefused(t, err, "TypeError", ErrNotURL)
			return
		}
		if !strings.HasPrefix(once, "http://") && !strings.HasPrefix(once, "https://") {
			return
		}
		if twice, err := ParseURL(once, ""); err != nil || twice != once {
			t.Errorf("%q parses to %q, and that to %q, %v", url, once, twice, err)
		}
		if other, err := ParseURL(once, "https://other.test/"); err != nil || other != once {
			t.Errorf("%q is absolute, but a base makes it %q, %v", once, other, err)
		}
		if strings.ContainsFunc(once, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '#' }) {
			t.Errorf("%q parses to %q, which is no normal form", url, once)
		}
		if strings.Count(once, "/") < 3 {
			t.Errorf("%q parses to %q, where no slash ends the origin", url, once)
		}

		registration, err := NewRegistered(once, once)
		if err != nil {
			checkRefused(t, err, "TypeError", ErrEscapedSeparator)
			return
		}
		if registration != (Registered{once, once}) || Controls(once, []Registered{registration}) != 0 {
			t.Errorf("%q is not in its own scope %v", once, registration)
		}
	})
}

func checkRefused(t *testing.T, err error, name string, cause error) {
	t.Helper()
	refused, ok := errors.AsType[*URLError](err)
	if !ok || refused.Name != name || !errors.Is(err, cause) {
		t.Errorf("got error %v; want %s: %v", err, name, cause)
	}
}
