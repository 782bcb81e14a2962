package explore

// The mine pump is the benchmark of model checkers for product lines: a pump that keeps a mine free of water, and must
// not run when there is methane (J. Kramer, J. Magee, M. Sloman and A. Lister, CONIC, IEE Proceedings E, 1983). This is
// the version in Promela that is distributed with SNIP and used in A. Classen et al., Featured Transition Systems, TSE
// 2013, with seven features that are all optional, and so 128 products. Its text and the products that violate each of
// its properties were read in benchmarks/minepump-formated.pml of the repository ahmadsalim/p3-benchmarks.
//
// Each world holds what a state of the Promela program holds; what is atomic there is one step here.

var pumpQuestions = []string{
	"Start=no|yes", "Stop=no|yes", "MethaneAlarm=no|yes", "MethaneQuery=no|yes", "Low=no|yes", "Normal=no|yes", "High=no|yes",
}

const (
	featureStart = iota
	featureStop
	featureMethaneAlarm
	featureMethaneQuery
	featureLow
	featureNormal // no statement depends on it
	featureHigh
)

// pump is a world: the program counters of four processes, and the variables. The fifth process, the methane sensor, only
// answers within a step of the controller.
type pump struct {
	controller, user, alarm, water uint8
	command, level                 uint8 // what the controller has received
	state, read                    uint8 // what it is in, and which kind of message it has read last
	wants, waterLevel              uint8
	pumpOn, methane                bool
}

// Program counters of the controller, named for what it does next.
const (
	receive uint8 = iota // a message
	tellCommand
	checkStop
	turnOffForStop
	setStopped
	checkStart
	setReady
	reply
	checkAlarm
	turnOffForAlarm
	setMethaneStop
	tellLevel
	skipMedium
	checkHigh
	tellReady
	checkQuery
	skipToQuery
	query
	turnOn
	checkLow
	turnOffForLow
)

// Program counters of the others, which choose a value, send it and, the user only, wait for a reply.
const (
	choose uint8 = iota
	send
	await
)

const ( // states
	stopped uint8 = iota
	ready
	running
	methaneStop
	lowStop
)

const ( // commands
	stop uint8 = iota
	start
)

const ( // levels
	low uint8 = iota
	medium
	high
)

const ( // kinds of messages
	commandMessage uint8 = iota
	alarmMessage
	levelMessage
)

// Steps. All are of the environment but controllerRuns.
const (
	controllerRuns Step = iota
	wantStop
	wantStart
	sendCommand
	takeReply
	methaneRises
	methaneFalls
	sendAlarm
	waterTo                 // + level
	sendLevel = waterTo + 3 // when it could not be sent at once
	pumpSteps = sendLevel + 1
)

// minePump is the system. It keeps nothing.
type minePump struct{}

func newMinePump() System[pump, pump] { return minePump{} }

func (minePump) Initial() []pump {
	return []pump{{command: start, level: medium, waterLevel: medium}}
}

func (minePump) Pack(w *pump) pump    { return *w }
func (minePump) Unpack(k pump) pump   { return k }
func (minePump) Kind(s Step) int      { return int(s) }
func (minePump) Internal(s Step) bool { return s == controllerRuns }

func (minePump) Hash(k pump) uint64 {
	var h uint64
	for _, b := range [...]uint8{
		k.controller, k.user, k.alarm, k.water, k.command, k.level, k.state, k.read, k.wants, k.waterLevel, bit(k.pumpOn), bit(k.methane),
	} {
		h = h*31 + uint64(b)
	}
	return mix(h)
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

func (minePump) Steps(_ *pump, buf []Step) []Step {
	for s := range pumpSteps {
		buf = append(buf, s)
	}
	return buf
}

func (minePump) Take(w *pump, s Step, ask Ask) (Marks, bool) {
	before := *w
	if !w.take(s, ask) {
		*w = before
		return 0, false
	}
	return w.marksOfSwitching(before.pumpOn), true
}

// take may leave a mess behind when s is not enabled.
func (w *pump) take(s Step, ask Ask) bool {
	switch s {
	case controllerRuns:
		return w.runController(func(feature int) bool { return ask(feature) == yes })
	case wantStop, wantStart:
		w.wants = uint8(s - wantStop)
		return goOn(&w.user, choose, send)
	case sendCommand:
		w.command, w.read = w.wants, commandMessage
		return goOn(&w.user, send, await) && goOn(&w.controller, receive, tellCommand)
	case takeReply:
		return goOn(&w.user, await, choose) && goOn(&w.controller, reply, receive)
	case methaneRises:
		w.methane = true
		return goOn(&w.alarm, choose, send)
	case methaneFalls:
		w.methane = false
		return w.alarm == choose
	case sendAlarm:
		w.read = alarmMessage
		return goOn(&w.alarm, send, choose) && goOn(&w.controller, receive, checkAlarm)
	case waterTo + Step(low), waterTo + Step(medium), waterTo + Step(high):
		return w.waterMoves(uint8(s - waterTo))
	default:
		return w.sendsLevel()
	}
}

// goOn moves a program counter on, if it is where it has to be.
func goOn(pc *uint8, from, to uint8) bool {
	if *pc != from {
		return false
	}
	*pc = to
	return true
}

// waterMoves lets the water rise or fall by one level at most. The level is sent in the same step if the controller can
// receive it.
func (w *pump) waterMoves(level uint8) bool {
	if level == low && w.waterLevel == high || level == high && w.waterLevel == low || !goOn(&w.water, choose, send) {
		return false
	}
	w.waterLevel = level
	if w.controller == receive {
		return w.sendsLevel()
	}
	return true
}

func (w *pump) sendsLevel() bool {
	w.level, w.read = w.waterLevel, levelMessage
	return goOn(&w.water, send, choose) && goOn(&w.controller, receive, tellLevel)
}

// runController executes the next statement of the controller, other than those that wait for someone else.
func (w *pump) runController(has func(feature int) bool) bool {
	next := func(when bool, then, otherwise uint8) {
		w.controller = otherwise
		if when {
			w.controller = then
		}
	}
	switch w.controller {
	case tellCommand:
		next(w.command == stop, checkStop, checkStart)
	case checkStop:
		next(has(featureStop), turnOffForStop, reply)
	case turnOffForStop:
		w.pumpOn = w.pumpOn && w.state != running
		w.controller = setStopped
	case setStopped:
		w.state, w.controller = stopped, reply
	case checkStart:
		next(has(featureStart), setReady, reply)
	case setReady:
		if w.state != running {
			w.state = ready
		}
		w.controller = reply
	case checkAlarm:
		next(has(featureMethaneAlarm), turnOffForAlarm, receive)
	case turnOffForAlarm:
		w.pumpOn = w.pumpOn && w.state != running
		w.controller = setMethaneStop
	case setMethaneStop:
		w.state, w.controller = methaneStop, receive
	case tellLevel:
		w.controller = [...]uint8{low: checkLow, medium: skipMedium, high: checkHigh}[w.level]
	case skipMedium:
		w.controller = receive
	case checkHigh:
		next(has(featureHigh), tellReady, receive)
	case tellReady:
		next(w.state == ready || w.state == lowStop, checkQuery, receive)
	case checkQuery:
		next(has(featureMethaneQuery), skipToQuery, turnOn)
	case skipToQuery:
		w.controller = query
	case query: // the sensor answers, and the controller acts on it, before anything else happens
		if w.state = methaneStop; !w.methane {
			w.state, w.pumpOn = running, true
		}
		w.controller = receive
	case turnOn:
		w.state, w.pumpOn, w.controller = running, true, receive
	case checkLow:
		next(has(featureLow), turnOffForLow, receive)
	case turnOffForLow:
		if w.state == running {
			w.state, w.pumpOn = lowStop, false
		}
		w.controller = receive
	default:
		return false
	}
	return true
}
