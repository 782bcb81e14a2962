// The worker's side of navigator.connect(). Import it first, with importScripts('connect-worker.js') or import './connect-worker.js'.
// See connect.js for what it carries out.
//
//     onconnect = event => event.waitUntil(check(event.client.origin, event.request)); // fulfilled: accepted; rejected: refused
//     onforeignmessage = event => event.source.postMessage(`You said ${event.data}`);
//     for (const client of await connections()) client.postMessage('News!');
//
// A connect event that no handler extends is a refusal. An event comes again if nobody answered it, because the worker was
// stopped, and for each connection that there is when a new version has become active; event.again tells so of the latter. A
// message that an instance was stopped in comes again to the next one.

(() => {
  const known = new Map(); // what this instance knows of connections, by id

  class ForeignServiceWorkerClient {
    #bridge; // a Client

    constructor(id, origin, bridge) {
      this.id = id;
      this.origin = origin;
      this.#bridge = bridge;
      Object.freeze(this);
    }

    postMessage(data) { tell(this.#bridge, this.id, {is: 'message', data}); }

    close() { tell(this.#bridge, this.id, {is: 'close'}); }
  }

  const tell = (bridge, id, what) => bridge.postMessage({connect: 'tell', id, ...what});

  // An event that a script makes cannot be extended, so that it is the message which carries it that gets extended.
  class ForeignEvent extends Event {
    #promises = [];
    #carrier;
    #limit;

    constructor(type, carrier, fields, limit = promise => promise) {
      super(type);
      this.#carrier = carrier;
      this.#limit = limit;
      Object.assign(this, fields);
    }

    waitUntil(promise) {
      this.#promises.push(promise);
      this.#carrier.waitUntil(this.#limit(Promise.resolve(promise).catch(() => {})));
    }

    get extended() { return this.#promises.length > 0; }

    // settled is fulfilled when all promises are, also those that are added meanwhile.
    async settled() {
      for (let n = -1; n !== this.#promises.length;) {
        n = this.#promises.length;
        await Promise.all(this.#promises);
      }
    }
  }

  for (const type of ['connect', 'foreignmessage']) {
    let handler = null;
    addEventListener(type, event => handler?.call(self, event));
    Object.defineProperty(self, `on${type}`, {get: () => handler, set: to => { handler = to; }, configurable: true});
  }

  function meet({id, origin}, bridge) {
    if (!known.has(id)) {
      known.set(id, {client: new ForeignServiceWorkerClient(id, origin, bridge), round: 0, answer: null, next: 0, done: Promise.resolve()});
    }
    return known.get(id);
  }

  // ask dispatches a connect event, once for each time that this instance is asked.
  // A handler that does not answer until the deadline is given up on. It must not hold up an update either.
  async function ask(carrier, {id, origin, request, round, url, deadline}) {
    const bridge = carrier.source, about = meet({id, origin}, bridge);
    if (about.round !== round) {
      about.round = round;
      const [port] = carrier.ports;
      const client = url === undefined ? about.client : {url, port};
      const limit = promise => Promise.race([promise, new Promise(resolve => setTimeout(resolve, deadline, false))]);
      const event = new ForeignEvent('connect', carrier, {client, request, again: round > 1}, limit);
      dispatchEvent(event);
      about.answer = event.extended ? limit(event.settled().then(() => true, () => false)) : Promise.resolve(false);
    }
    const accepted = await about.answer;
    // Of a refused one the bridge tells when it is gone: until then it may have asked once more, and is not to be asked about anew.
    if (url !== undefined) known.delete(id);
    tell(bridge, id, {is: 'answer', round, accepted});
  }

  // receive dispatches a message, unless this instance has got it, or has missed one before it.
  async function receive(carrier, {id, origin, seq, base, data}) {
    const bridge = carrier.source, about = meet({id, origin}, bridge);
    about.next = Math.max(about.next, base); // what came before was handled, by whichever instance
    if (seq > about.next) {
      // The bridge sends all of them anew, once for all that come too early.
      if (about.missing !== about.next) tell(bridge, id, {is: 'missing', seq: about.missing = about.next});
      return;
    }
    if (seq === about.next) {
      about.next++;
      const event = new ForeignEvent('foreignmessage', carrier, {data, source: about.client});
      dispatchEvent(event);
      about.done = Promise.allSettled([about.done, event.settled()]);
    }
    await about.done;
    tell(bridge, id, {is: 'handled', seq});
  }

  // An instance whose script throws as it starts is no service. Some browsers let it run, and it must not answer then.
  let starts = true, broken = false;
  addEventListener('error', () => { broken ||= starts; });
  queueMicrotask(() => { starts = false; });

  addEventListener('message', event => {
    const does = {ask, post: receive}[event.data?.connect];
    if (!does || event.origin !== location.origin) return;
    event.stopImmediatePropagation(); // it is none of the service's own messages
    if (broken) return;
    event.data.gone.forEach(id => known.delete(id));
    event.waitUntil(does(event, event.data));
  });

  /** Lists the connections of all pages. Each bridge knows its own. */
  self.connections = async () => {
    const bridges = (await clients.matchAll({includeUncontrolled: true, type: 'window'})).filter(c => c.frameType === 'nested');
    const lists = await Promise.all(bridges.map(async bridge => {
      const {port1, port2} = new MessageChannel();
      const list = await new Promise(resolve => {
        port1.onmessage = event => resolve(event.data);
        setTimeout(resolve, 1000, []); // it is none
        bridge.postMessage({connect: 'list', scope: registration.scope}, [port2]);
      });
      port1.close();
      return list.map(about => meet(about, bridge).client);
    }));
    return lists.flat();
  };
})();
