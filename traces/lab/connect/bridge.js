// The bridge of navigator.connect() stands in a hidden frame of the service's origin, between a page and the service's worker.
// See connect.js for what it carries out.
//
// It belongs outside the scope of the service, since a worker that controls it is not replaced by a new version as long as it is
// there. If the service is not installed, which is so in each new partition, the bridge installs it, if its script element says
// what: data-worker, the url of the script, data-scope, and data-type, which is classic or module.
//
// Nothing is lost when the worker is stopped: a connect event stays until it is answered, and a message until it is handled, and
// both are sent anew from time to time. The worker knows what it has got already.

const {worker: script, scope, type} = document.querySelector('script[src$="bridge.js"]').dataset;
const connections = new Map(); // by id
const gone = {}; // by scope: ids of connections that are over, of which the worker was not told
const patience = 500; // ms, until something is sent anew

addEventListener('message', event => {
  const [port] = event.ports;
  // A page of an opaque origin cannot be told from any other such page.
  if (event.source !== parent || event.origin === 'null' || event.data?.connect !== 'open' || !port) return;
  const mine = new Map(); // the connections of this page, by number
  port.onmessage = ({data, ports}) => {
    switch (data.do) {
      case 'connect': return connect(data, event.origin, port, mine, ports);
      case 'post': return mine.get(data.number)?.post(data.data);
      case 'close': return mine.get(data.number)?.leave();
      case 'ping': return port.postMessage({is: 'there'});
    }
  };
});

async function connect({number, url, request, deadline, literal}, origin, port, mine, ports) {
  if (!navigator.serviceWorker || new URL(url).origin !== location.origin) return;
  if (literal && new URL(literal).origin !== origin) return;
  const connection = new Connection({number, request, origin, port, mine, deadline});
  const registration = await find(url);
  if (registration && !connection.over) connection.begin(registration, literal, ports);
}

async function find(url) {
  const found = await navigator.serviceWorker.getRegistration(url);
  if (found || !script) return found;
  await navigator.serviceWorker.register(script, {scope, type: type ?? 'classic'}).catch(error => console.error(error));
  return navigator.serviceWorker.getRegistration(url);
}

class Connection {
  id = crypto.randomUUID();
  over = false; // it is no more, or will not be
  closing = false; // the page has closed it, and messages are left
  round = 0; // how often versions were asked
  by = null; // the version that accepted it last
  asked = null; // the version that was asked last
  queue = []; // what is to be handled
  early = []; // what the worker posted before it accepted
  posted = 0;

  constructor(of) {
    Object.assign(this, of);
    connections.set(this.id, this);
    this.mine.set(this.number, this);
    this.wait();
  }

  // wait gives a version until the deadline to answer, whether it is asked about a new connection or about an old one.
  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sever(), this.deadline);
  }

  begin(registration, literal, ports) {
    this.registration = registration;
    this.literal = literal;
    this.ports = ports;
    watch(registration);
    this.advance();
  }

  tell(is, more) { this.port.postMessage({is, number: this.number, ...more}); }

  post(data) {
    if (this.over || this.closing) return;
    const message = {seq: ++this.posted, data};
    this.queue.push(message);
    if (this.isUp()) this.send(message);
    tick();
  }

  isUp() { return this.by !== null && this.by === this.registration.active; }

  // advance does what is due: it asks a version that was not asked, and sends what was not handled.
  advance() {
    if (this.over || !this.registration) return;
    const {active, waiting, installing} = this.registration;
    if (!active || active.state === 'redundant') {
      if (!waiting && !installing) this.sever();
    } else if (active.state === 'activated') {
      if (this.isUp()) this.queue.forEach(message => this.send(message)); else this.ask(active);
    }
    tick();
  }

  ask(version) {
    if (this.literal && this.asked) return; // its port is with that version
    if (this.asked !== version) {
      this.asked = version;
      this.round++;
      if (this.by) this.wait();
    }
    const {request, round, literal, deadline} = this;
    this.say(version, {connect: 'ask', request, round, url: literal || undefined, deadline}, this.ports);
  }

  send({seq, data}) {
    this.say(this.by, {connect: 'post', seq, base: this.queue[0].seq, data});
  }

  say(version, what, transfer = []) {
    const {id, origin} = this;
    version.postMessage({id, origin, gone: gone[this.registration.scope]?.splice(0) ?? [], ...what}, transfer);
  }

  hear({is, round, accepted, seq, data}) {
    switch (is) {
      case 'answer': return round === this.round && this.asked !== this.by && this.answered(accepted);
      case 'handled': return this.handled(seq);
      case 'missing': return this.isUp() && this.queue.filter(message => message.seq >= seq).forEach(message => this.send(message));
      case 'message': return this.by ? this.closing || this.tell('message', {data}) : this.early.push(data);
      case 'close': return this.sever();
    }
  }

  answered(accepted) {
    clearTimeout(this.timer);
    if (!accepted) return this.by ? this.sever() : this.refuse();
    const first = !this.by;
    this.by = this.asked;
    if (first) {
      this.tell('accepted');
      this.early.splice(0).forEach(data => this.tell('message', {data}));
    }
    if (this.literal) return this.drop();
    this.advance();
  }

  handled(seq) {
    while (this.queue[0]?.seq <= seq) {
      this.queue.shift();
      this.tell('handled');
    }
    if (this.closing && this.queue.length === 0) this.drop();
  }

  // refuse tells a page at once that wants the draft's own design; any other finds out by the clock.
  refuse() {
    if (this.literal) this.tell('refused');
    this.drop();
  }

  leave() {
    this.closing = true;
    if (this.queue.length === 0 || !this.by) this.drop();
  }

  sever() {
    if (this.by && !this.closing) this.tell('closed');
    this.drop();
  }

  drop() {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    connections.delete(this.id);
    this.mine.delete(this.number);
    if (this.asked && !this.literal) (gone[this.registration.scope] ??= []).push(this.id); // told with the next message, and not woken for it
  }
}

// tick sees to it that what is due is looked at again, as long as anything is.
let ticking = 0;
function tick() {
  const due = [...connections.values()].some(c => c.registration && (!c.isUp() || c.queue.length > 0));
  if (!due || ticking) return;
  ticking = setTimeout(() => {
    ticking = 0;
    connections.forEach(c => c.advance());
    tick();
  }, patience);
}

const watched = new WeakSet();

// watch lets the connections advance whenever a version of a registration gets into another state.
function watch(registration) {
  const advance = () => {
    watch(registration);
    connections.forEach(c => c.advance());
  };
  for (const [target, event] of [[registration, 'updatefound'], ...[registration.installing, registration.waiting, registration.active].map(w => [w, 'statechange'])]) {
    if (!target || watched.has(target)) continue;
    watched.add(target);
    target.addEventListener(event, advance);
  }
}

navigator.serviceWorker?.addEventListener('message', ({data, ports: [port]}) => {
  if (data?.connect === 'list') {
    const all = [...connections.values()].filter(c => c.by && !c.closing && c.registration.scope === data.scope);
    return port.postMessage(all.map(({id, origin}) => ({id, origin})));
  }
  if (data?.connect === 'tell') connections.get(data.id)?.hear(data);
});
navigator.serviceWorker?.startMessages();
