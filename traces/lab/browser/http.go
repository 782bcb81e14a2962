package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
)

// overHTTP is WebDriver as it is specified: a driver that listens on a port, and starts the browser.
type overHTTP struct {
	driver  string // its address
	session string
}

// startHTTP starts a driver, and a browser with it.
func startHTTP(ctx context.Context, p *processes, program string, env []string, capabilities map[string]any) (*overHTTP, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	if err := p.start(program, []string{"--port=" + strconv.Itoa(port)}, env); err != nil {
		return nil, err
	}
	t := &overHTTP{driver: fmt.Sprintf("http://127.0.0.1:%d", port)}
	if err := p.until(ctx, func() bool { return listens(port) }); err != nil {
		return nil, err
	}
	answer, err := t.send(ctx, newSession, map[string]any{"capabilities": map[string]any{"alwaysMatch": capabilities}})
	if err != nil {
		return nil, p.blame(err)
	}
	s, err := decode[struct{ SessionID string }](answer)
	t.session = s.SessionID
	return t, err
}

// longestAnswer is how much of an answer is read.
const longestAnswer = 4 << 20

func (t *overHTTP) send(ctx context.Context, c wire, params map[string]any) (json.RawMessage, error) {
	address := t.driver + "/session" // that makes one
	if t.session != "" {
		address += "/" + t.session + c.path
	}
	var body io.Reader
	if c.method == http.MethodPost {
		if params == nil {
			params = map[string]any{}
		}
		text, err := json.Marshal(params)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, c.method, address, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	if err != nil {
		return nil, err
	}
	var answer struct{ Value json.RawMessage }
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, errors.New("the driver does not answer in WebDriver: " + err.Error())
	}
	if response.StatusCode != http.StatusOK {
		return nil, refused(answer.Value)
	}
	return answer.Value, nil
}

func (t *overHTTP) close() {} // the browser is killed anyway

// refusal is an error that a driver answers with.
type refusal struct{ Kind, Message string }

func (r *refusal) Error() string { return fmt.Sprintf("%s: %.200q", r.Kind, r.Message) }

// refused reads such an error.
func refused(answer json.RawMessage) error {
	e, err := decode[struct{ Error, Message string }](answer)
	if err != nil || e.Error == "" {
		return &refusal{"the driver refuses", string(answer)}
	}
	return &refusal{e.Error, e.Message}
}

// freePort returns a port of the loopback address that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// listens tells whether somebody listens on a port.
func listens(port int) bool {
	c, err := net.Dial("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	c.Close()
	return true
}
