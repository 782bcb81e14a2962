package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestServing: files of the site are served as what they are, to those who asked for this machine, and nothing else is.
func TestServing(t *testing.T) {
	handler := serving(map[string][]byte{"index.html": []byte("<p>"), "site.js": []byte("1")}, "127.0.0.1:80")
	for _, row := range []struct {
		why, method, host, path string
		status                  int
		kind, body              string
	}{
		{"the first page", "GET", "127.0.0.1:80", "/", 200, "text/html", "<p>"},
		{"a script", "GET", "127.0.0.1:80", "/site.js", 200, "text/javascript", "1"},
		{"no file", "GET", "127.0.0.1:80", "/none", 404, "", ""},
		{"a way out", "GET", "127.0.0.1:80", "/../go.mod", 404, "", ""},
		{"another name for this machine", "GET", "evil.example", "/", 421, "", "http://127.0.0.1:80/"},
		{"something to write", "POST", "127.0.0.1:80", "/", 405, "", ""},
	} {
		request := httptest.NewRequest(row.method, "http://x/", nil)
		request.Host, request.URL.Path = row.host, row.path
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, request)
		body, _ := io.ReadAll(w.Result().Body)
		if w.Code != row.status || !strings.HasPrefix(w.Header().Get("Content-Type"), row.kind) || !strings.Contains(string(body), row.body) {
			t.Errorf("%s: %d %s %q, want %d", row.why, w.Code, w.Header().Get("Content-Type"), body, row.status)
		}
		if w.Code == http.StatusOK && w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be taken for something else", row.why)
		}
	}
}
