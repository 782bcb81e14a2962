package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// marionette is Firefox's own transport: a TCP connection to the browser itself, on which each message is its length, a colon,
// and JSON: [0, number, command, parameters] one way, [1, number, error, result] the other.
type marionette struct {
	conn   net.Conn
	reader *bufio.Reader
	number int
}

// dialMarionette connects to a browser that listens on a port.
func dialMarionette(ctx context.Context, p *processes, port int) (*marionette, error) {
	if err := p.until(ctx, func() bool { return listens(port) }); err != nil {
		return nil, err
	}
	conn, err := net.Dial("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	m := &marionette{conn: conn, reader: bufio.NewReader(conn)}
	unbound := m.bound(ctx)
	_, err = m.read() // who it is
	unbound()
	if err != nil {
		m.close()
		return nil, p.blame(err)
	}
	if _, err := m.send(ctx, newSession, map[string]any{"capabilities": map[string]any{}}); err != nil {
		m.close()
		return nil, p.blame(err)
	}
	return m, nil
}

// bound ends reading and writing with ctx, and returns what undoes that.
func (m *marionette) bound(ctx context.Context) func() bool {
	m.conn.SetDeadline(time.Time{})
	return context.AfterFunc(ctx, func() { m.conn.SetDeadline(time.Now()) })
}

func (m *marionette) send(ctx context.Context, c wire, params map[string]any) (json.RawMessage, error) {
	defer m.bound(ctx)()
	if params == nil {
		params = map[string]any{}
	}
	m.number++
	text, err := json.Marshal([]any{0, m.number, c.name, params})
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(m.conn, "%d:%s", len(text), text); err != nil {
		return nil, err
	}
	text, err = m.read()
	if err != nil {
		return nil, err
	}
	var answer []json.RawMessage
	if err := json.Unmarshal(text, &answer); err != nil || len(answer) != 4 {
		return nil, fmt.Errorf("the browser does not answer in Marionette: %.100q", text)
	}
	if string(answer[2]) != "null" {
		return nil, refused(answer[2])
	}
	var wrapped struct{ Value json.RawMessage }
	if err := json.Unmarshal(answer[3], &wrapped); err == nil && wrapped.Value != nil {
		return wrapped.Value, nil
	}
	return answer[3], nil
}

func (m *marionette) read() ([]byte, error) {
	head, err := m.reader.ReadString(':')
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(head, ":"))
	if err != nil || n < 0 || n > longestAnswer {
		return nil, errors.New("the browser does not answer in Marionette")
	}
	text := make([]byte, n)
	_, err = io.ReadFull(m.reader, text)
	return text, err
}

func (m *marionette) close() { m.conn.Close() }
