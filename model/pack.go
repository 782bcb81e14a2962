package model

import (
	"fmt"
	"math/bits"
)

// Key is a packed world: three words that stand for one world and all that are alike to it for every property.
//
// Worlds are alike if they differ only in the order in which connections were made, in the numbers of versions with the same
// roles, or in the numbers of messages in the same order. In a key the connections are sorted, the versions that are
// installing, waiting and active have the highest numbers that were given out, and messages count from the last one
// received. Nor does a key hold what no longer makes a difference to any connection, see [surroundings.reduce].
type Key struct{ A, B, C uint64 }

// keyBits is how many bits a key has.
const keyBits = 3 * 64

// Packing packs the worlds of one model into keys and back. Nothing is lost that matters to a connection or to a property,
// so that the verdicts of a search that stores keys are exact. It is for one goroutine at a time.
type Packing struct {
	bounds   Bounds
	page     uint // bits of a page number
	version  uint
	number   uint // of a message number
	faults   uint // of a number of faults
	kills    uint
	plain    bool // see Plain
	header   uint // bits of pages, registration and faults
	perEntry uint // bits of a connection

	// What was packed last for each connection: worlds that are packed one after the other differ in only a few.
	last [MaxConnections]struct {
		connection Connection
		page       uint8
		accepted   Version
		bits       uint64
	}
}

// NewPacking returns the packing for the worlds of m. It fails when they do not fit into a key: such bounds are for
// random histories only.
func (m *Model) NewPacking() (*Packing, error) {
	b := m.bounds
	width := func(n int) uint { return uint(bits.Len(uint(n))) }
	p := &Packing{bounds: b, page: width(b.Pages), version: width(b.Versions), number: width(b.Messages)}
	p.faults, p.kills = width(b.Faults), width(min(b.Kills, b.Faults))
	toWorker := 2*p.number + uint(b.Messages)*(p.number+1)
	toPage := 2*p.number + uint(b.Messages)*p.number
	p.perEntry = 3 + 8 + 2*p.page + p.version + toWorker + toPage
	p.header = 3*uint(b.Pages) + 2 + 4*p.version + 4 + p.faults + p.kills
	total := p.header + uint(b.Connections)*p.perEntry
	if p.perEntry > 64 || total > keyBits {
		return nil, fmt.Errorf("worlds of %s take %d bits and exhaustive search has room for %d: lower --messages, --connections or --pages",
			b, max(total, 3*p.perEntry), keyBits)
	}
	return p, nil
}

// Plain returns the packing that loses nothing but the numbers of messages, to check that the rest may be lost.
func (p Packing) Plain() *Packing {
	p.plain = true
	return &p
}

// Pack returns the key of w.
func (p *Packing) Pack(w *World) Key {
	around := surroundings{w.Pages, w.Registration, w.Faults, w.Kills}
	if !p.plain {
		around.reduce(w, &p.bounds)
		around.registration = around.registration.renumbered()
	}
	var entries [MaxConnections]uint64
	used := entries[:p.bounds.Connections]
	for i := range used {
		c := &w.Connections[i]
		page, accepted := c.Page, c.Accepted
		if !p.plain {
			page, accepted = c.asking(), acceptedBy(c, w.Registration.Active, around.registration.Active)
		}
		last := &p.last[i]
		if last.page != page || last.accepted != accepted || last.connection != *c {
			last.connection, last.page, last.accepted, last.bits = *c, page, accepted, p.packConnection(c, page, accepted)
		}
		used[i] = last.bits
	}
	if !p.plain {
		sortDown(used)
	}
	var k writer
	k.put(p.packHeader(&around), p.header)
	for _, e := range used {
		k.put(e, p.perEntry)
	}
	return Key{k.words[0], k.words[1], k.words[2]}
}

// asking returns the page that asked for c, or the holder where it no longer matters who asked: no worker is left that could
// take what another page posts for that page's.
func (c *Connection) asking() uint8 {
	if c.Phase == Down && c.Holder != 0 {
		return c.Holder
	}
	return c.Page
}

// acceptedBy returns which version accepted c, in a world whose active version gets another number: that one, or an older one,
// whichever it was. While c is to be accepted again, it does not matter who did so before.
func acceptedBy(c *Connection, active, renumbered Version) Version {
	switch {
	case c.Accepted == 0:
		return 0
	case c.Accepted == active, c.Phase == ToAskAgain, c.Phase == AskingAgain:
		return renumbered
	}
	return renumbered - 1
}

// surroundings is all of a world but its connections.
type surroundings struct {
	pages         [MaxPages]Page
	registration  Registration
	faults, kills uint8
}

// reduce makes one of all surroundings of w that no connection can tell apart any more. Once every connection was made,
// and no page holds an end of one or waits for one, it does not matter which pages are open. Once each was accepted or
// is down, and the registration is none for longer than they are, it does not matter how many versions there can still be. Once
// each is down, nor do faults, nor whether the worker runs, nor, as soon as the browser owes it nothing, what becomes of the registration.
//
// The worlds that this makes one are not alike in all their steps, as symmetric ones are: in some of them the registration
// goes on. They have the same steps of connections, and the same number of steps is owed in them.
func (s *surroundings) reduce(w *World, b *Bounds) {
	ends, asked, down := false, false, true
	for i := range b.Connections {
		c := &w.Connections[i]
		if c.Phase == Unused {
			return
		}
		ends = ends || c.user() != 0
		asked = asked || c.Phase == Requested || c.Phase == Asking // which can be requested once more
		down = down && c.Phase == Down
	}
	if !ends {
		for i := range s.pages {
			s.pages[i].Open = false
		}
	}
	r := &s.registration
	if !asked && (r.Status == Unregistered || r.Status == RunningOut) {
		r.Latest = Version(b.Versions)
	}
	if !down {
		return
	}
	s.faults, s.kills, r.Running = 0, 0, false
	if (r.Status == Absent || r.Status == Live) && r.Installing == 0 && r.Waiting == 0 && !r.Activating {
		*r = Registration{Latest: Version(b.Versions)} // nothing can be registered any more
	}
}

// renumbered returns r with the numbers of its versions as late as possible.
func (r Registration) renumbered() Registration {
	next := r.Latest
	if r.Installing != 0 {
		r.Installing, next = next, next-1
	}
	if r.Waiting != 0 {
		r.Waiting, next = next, next-1
	}
	if r.Active != 0 {
		r.Active = next
	}
	return r
}

// sortDown sorts a few words in place, the largest first; an unused connection is zero and ends up last.
func sortDown(words []uint64) {
	for i := 1; i < len(words); i++ {
		for j := i; j > 0 && words[j] > words[j-1]; j-- {
			words[j], words[j-1] = words[j-1], words[j]
		}
	}
}

// Unpack returns the world of k, its connections in the order of the key.
func (p *Packing) Unpack(k Key) World {
	var w World
	r := reader{words: [3]uint64{k.A, k.B, k.C}}
	header := word{bits: r.take(p.header)}
	p.unpackHeader(&header, &w)
	for i := range p.bounds.Connections {
		if e := r.take(p.perEntry); e != 0 {
			p.unpackConnection(e, &w.Connections[i])
		}
	}
	return w
}

func (p *Packing) packHeader(s *surroundings) uint64 {
	var h word
	for i := range p.bounds.Pages {
		h.put(uint64(s.pages[i].Origin)|bit(s.pages[i].Open)<<2, 3)
	}
	reg := &s.registration
	versions := uint64(reg.Installing) | uint64(reg.Waiting)<<p.version | uint64(reg.Active)<<(2*p.version) | uint64(reg.Latest)<<(3*p.version)
	h.put(uint64(reg.Status), 2)
	h.put(versions, 4*p.version)
	h.put(bit(reg.Activating)|bit(reg.Running)<<1|bit(reg.SkipWaiting)<<2|bit(reg.Controlled)<<3, 4)
	h.put(uint64(s.faults)|uint64(s.kills)<<p.faults, p.faults+p.kills)
	return h.bits
}

func (p *Packing) unpackHeader(h *word, w *World) {
	for i := range p.bounds.Pages {
		w.Pages[i] = Page{Origin: Origin(h.take(2)), Open: h.taken()}
	}
	w.Registration = Registration{
		Status:      Status(h.take(2)),
		Installing:  Version(h.take(p.version)),
		Waiting:     Version(h.take(p.version)),
		Active:      Version(h.take(p.version)),
		Latest:      Version(h.take(p.version)),
		Activating:  h.taken(),
		Running:     h.taken(),
		SkipWaiting: h.taken(),
		Controlled:  h.taken(),
	}
	w.Faults = uint8(h.take(p.faults))
	w.Kills = uint8(h.take(p.kills))
}

func (p *Packing) packConnection(c *Connection, page uint8, accepted Version) uint64 {
	if c.Phase == Unused {
		return 0
	}
	var e word
	e.put(uint64(c.Phase)|uint64(page)<<3|uint64(c.Holder)<<(3+p.page), 3+2*p.page)
	e.put(uint64(accepted), p.version)
	e.put(bit(c.Pending)|bit(c.Reference)<<1|bit(c.Listening)<<2|bit(c.Object)<<3|
		bit(c.Entangled)<<4|bit(c.Hung)<<5|bit(c.NoticeToPage)<<6|bit(c.NoticeToWorker)<<7, 8)
	p.packQueue(&e, &c.ToWorker, 1)
	p.packQueue(&e, &c.ToPage, 0)
	return e.bits
}

func (p *Packing) unpackConnection(bits uint64, c *Connection) {
	e := word{bits: bits}
	c.Phase = Phase(e.take(3))
	c.Page, c.Holder = uint8(e.take(p.page)), uint8(e.take(p.page))
	c.Accepted = Version(e.take(p.version))
	c.Pending = e.taken()
	c.Reference = e.taken()
	c.Listening = e.taken()
	c.Object = e.taken()
	c.Entangled = e.taken()
	c.Hung = e.taken()
	c.NoticeToPage = e.taken()
	c.NoticeToWorker = e.taken()
	p.unpackQueue(&e, &c.ToWorker, 1)
	p.unpackQueue(&e, &c.ToPage, 0)
}

// packQueue packs q with numbers that count from the last message received, as no step and no property reads which number
// that was. Stranger is how many bits tell a stranger's message: none for messages to a page, which never come from one.
func (p *Packing) packQueue(e *word, q *MessageQueue, stranger uint) {
	e.put(uint64(q.Posted-q.Received)|uint64(q.Length)<<p.number, 2*p.number)
	for i := range q.Length {
		m := q.At(i)
		e.put(uint64(m.Number-q.Received)|bit(m.Stranger)&uint64(stranger)<<p.number, p.number+stranger)
	}
}

func (p *Packing) unpackQueue(e *word, q *MessageQueue, stranger uint) {
	q.Posted = uint8(e.take(p.number))
	for range e.take(p.number) {
		q.Push(Message{Number: uint8(e.take(p.number)), Stranger: e.take(stranger) == 1})
	}
}

// word is 64 bits that are written, or read, from the lowest up.
type word struct {
	bits uint64
	at   uint
}

func (w *word) put(v uint64, width uint) {
	w.bits |= v << w.at
	w.at += width
}

// bit returns 1 for true. Many fields are put at once, and without a branch: half of the time of packing went into one by one.
func bit(f bool) uint64 {
	if f {
		return 1
	}
	return 0
}

func (w *word) take(width uint) uint64 {
	v := w.bits >> w.at & (1<<width - 1)
	w.at += width
	return v
}

func (w *word) taken() bool { return w.take(1) == 1 }

// writer fills a key with words of up to 64 bits each.
type writer struct {
	words [3]uint64
	at    uint
}

func (k *writer) put(v uint64, width uint) {
	i, shift := k.at/64, k.at%64
	k.words[i] |= v << shift
	if shift+width > 64 {
		k.words[i+1] |= v >> (64 - shift)
	}
	k.at += width
}

// reader takes them out again.
type reader struct {
	words [3]uint64
	at    uint
}

func (k *reader) take(width uint) uint64 {
	i, shift := k.at/64, k.at%64
	v := k.words[i] >> shift
	if shift+width > 64 {
		v |= k.words[i+1] << (64 - shift)
	}
	k.at += width
	return v & (1<<width - 1)
}
