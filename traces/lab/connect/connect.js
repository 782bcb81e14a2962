// navigator.connect(): a page talks to the service worker of another origin, as the draft Cross-Origin Service Workers has it.
//
//     import {install} from './connect.js';
//     install();
//     const connection = await navigator.connect('https://service.example/', {apiKey: '…'});
//     connection.onmessage = event => console.log(event.data);
//     connection.postMessage('Hello!');
//
// A hidden frame of the service's origin, the bridge (bridge.html), stands between the page and the worker, which imports
// connect-worker.js. The draft leaves most of what happens then open. This is the proposal which is carried out here, in the
// syntax of cosw check --set, and how far today's platform lets a script go:
//
//     match=scope             done: the bridge asks getRegistration(), which matches as for documents
//     bind=pinned             done: the bridge keeps the registration
//     errors=uniform-timed    in part: every refusal is an AbortError at the deadline, whatever its cause; but a page that
//                             loads the bridge by itself can tell by the clock that there is one
//     page-notice=state       done: connection.state, and the promise connection.closed
//     handle=connection       done: an object that cannot be cloned or transferred
//     collect=keep            done: navigator.connections refers to each connection until it is closed
//     request=param           done
//     pipeline=no             done
//     page-list=list          done: navigator.connections
//     frozen=keep             in part: a page that is frozen keeps its connections if the browser keeps it with its frames
//     suspend=wake            in part: the bridge posts each message to the active worker, which starts it. But Chromium puts both
//                             in one process, so that a crash takes the bridge along; then the connection ends, and the page
//                             is told. WebKit does not suspend a worker as long as there is a bridge
//     interrupt=retry         done: the bridge asks again until there is an answer
//     interrupt-again=retry   done, in the same way
//     deadline=reject         done
//     not-ready=wait          done: the bridge waits for an installation to end, until the deadline
//     queue=kept              done, by the bridge, for as long as the page lives; one that leaves takes along what no worker
//                             was given yet
//     acknowledge=each        done: connection.postMessage() returns a promise, which is fulfilled when the worker has handled
//                             the message. Worker to page: no
//     update=reaccept         done: the bridge sees that another version is active, and asks it
//     unregister=sever        done: the bridge sees that the version is redundant and has no successor
//     client=id               done: client.origin, and client.id
//     worker-list=list        done: await connections(), which asks the bridges
//     delivery=global         done: the event foreignmessage
//     close=close             done
//     worker-notice=silent    done
//     same-origin=ask         done
//     no-answer=reject        done
//     partition=by-site       done, by the platform: a frame reaches the worker of its own partition. To reach across is not
//                             possible today
//
// Not possible either: to transfer anything with a message, since it may have to be sent twice.
//
// install({literal: true}) carries out what the draft itself says, for comparison: handle=port, delivery=port, client=url,
// page-notice=none, suspend=sever, and whatever the platform then does. The deadline is there all the same, so that nothing hangs.
//
// # Errors
//
// connect() rejects with a TypeError if the url does not parse or is not of http(s), with a DataCloneError if the request cannot
// be cloned, and for any other reason, at the deadline, with an AbortError. The first two depend on the page's own arguments
// alone. postMessage() rejects with an InvalidStateError if the connection has ended, and throws a DataCloneError.
//
// # Security
//
// The page opens one message channel to each bridge, with the service's origin as the target, and listens to nothing else, so
// that no other window can speak for the service. The bridge takes a channel from its parent alone, and has its origin from the
// browser. Everything after that goes over the channel. Services limit who may embed the bridge with the header
// Content-Security-Policy: frame-ancestors; a page that may not is refused like any other.

/** @typedef {{bridge?: (service: URL) => URL, deadline?: number, literal?: boolean}} Options */

/** Adds navigator.connect() and navigator.connections.
 * @param {Options} options bridge: where the bridge of a service is; deadline: in ms, for an answer of the worker */
export function install({bridge = wellKnown, deadline = 10_000, literal = false} = {}) {
  const bridges = new Map(); // by url
  const open = new Set(); // connections

  /** @param {string | URL} url @param {any} request @returns {Promise<Connection | MessagePort>} */
  async function connect(url, request) {
    const service = new URL(url, document.baseURI);
    if (!/^https?:$/.test(service.protocol)) throw new TypeError(`${service} is not of http or https`);
    const call = {url: service.href, request: structuredClone(request), deadline};
    const at = new URL(bridge(service), service).href;
    if (!bridges.has(at)) bridges.set(at, new Bridge(at, () => bridges.delete(at)));
    const connection = await bridges.get(at).connect(call, literal);
    if (literal) return connection;
    open.add(connection);
    connection.closed.then(() => open.delete(connection));
    return connection;
  }
  Object.defineProperties(navigator, {
    connect: {value: connect, configurable: true},
    connections: {get: () => [...open], configurable: true},
  });
}

/** @param {URL} service */
const wellKnown = service => new URL('/.well-known/connect/bridge.html', service);

/** The page's end of a bridge. The frame is there while somebody needs it. */
class Bridge {
  #frame = document.createElement('iframe');
  #port; // a promise
  #sinks = new Map(); // what the bridge tells of a connection goes there, by number
  #count = 0;
  #unanswered = 0; // questions whether the bridge is there
  #watch = 0; // a timer
  #unused; // called when the frame is removed

  /** @param {string} url @param {() => void} unused */
  constructor(url, unused) {
    this.#unused = unused;
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}) => {
      this.#unanswered = 0;
      this.#sinks.get(data.number)?.(data);
    };
    this.#frame.hidden = true;
    this.#frame.src = url;
    this.#port = new Promise(resolve => this.#frame.addEventListener('load', () => {
      // If something else than the bridge has loaded, this reaches nobody.
      this.#frame.contentWindow.postMessage({connect: 'open'}, new URL(url).origin, [port2]);
      resolve(port1);
      this.#watch = setInterval(() => this.#ping(), patience);
    }, {once: true}));
    (document.body ?? document.documentElement).append(this.#frame);
  }

  /** @param {object} message @param {Transferable[]} [transfer] */
  async send(message, transfer = []) {
    (await this.#port).postMessage(message, transfer);
  }

  // forget removes the frame when nobody has needed it for a while: somebody may connect again, and the bridge may have messages
  // that no worker has handled.
  forget(number) {
    this.#sinks.delete(number);
    setTimeout(() => {
      if (this.#sinks.size === 0 && this.#frame.isConnected) this.#remove();
    }, lingering);
  }

  #remove() {
    clearInterval(this.#watch);
    this.#unused();
    this.#frame.remove();
  }

  // ping finds out that the bridge has died. In Chromium it dies with a worker that crashes, since both live in one process.
  #ping() {
    if (++this.#unanswered > 4) {
      this.#remove();
      this.#sinks.forEach(hear => hear({is: 'closed'}));
    } else {
      this.send({do: 'ping'});
    }
  }

  connect(call, literal) {
    const number = ++this.#count;
    const channel = literal && new MessageChannel();
    return new Promise((resolve, reject) => {
      const refuse = () => {
        clearTimeout(timer);
        this.send({do: 'close', number});
        this.forget(number);
        reject(new DOMException('The connection was refused.', 'AbortError'));
      };
      const timer = setTimeout(refuse, call.deadline);
      const accept = () => {
        clearTimeout(timer);
        if (literal) {
          this.forget(number);
          return resolve(channel.port1);
        }
        const connection = new Connection(makes, this, number);
        this.#sinks.set(number, data => connection[hears](data));
        resolve(connection);
      };
      this.#sinks.set(number, data => {
        if (data.is === 'accepted') accept();
        else if (data.is === 'refused' && literal) refuse();
      });
      this.send({do: 'connect', number, ...call, literal: literal && location.href}, literal ? [channel.port2] : []);
    });
  }
}

const lingering = 2_000, patience = 500; // ms

const makes = Symbol('makes a connection'), hears = Symbol('hears of the bridge');

/** The page's end of a connection. */
class Connection extends EventTarget {
  #bridge;
  #number;
  #state = 'open';
  #end;
  #handler = null;
  #early = []; // what came before anybody listened
  #unhandled = []; // what settles the promises of postMessage(), in order

  constructor(secret, bridge, number) {
    if (secret !== makes) throw new TypeError('Illegal constructor');
    super();
    this.#bridge = bridge;
    this.#number = number;
    /** Fulfilled when the connection has ended, whoever ended it. @type {Promise<void>} */
    this.closed = new Promise(resolve => { this.#end = resolve; });
  }

  /** @returns {'open' | 'closed'} */
  get state() { return this.#state; }

  /** @param {any} data @returns {Promise<void>} fulfilled when the worker has handled it */
  postMessage(data) {
    const copy = structuredClone(data);
    const handled = new Promise((resolve, reject) => {
      if (this.#state === 'closed') return reject(ended());
      this.#unhandled.push({resolve, reject});
      this.#bridge.send({do: 'post', number: this.#number, data: copy});
    });
    handled.catch(() => {}); // who does not ask need not handle
    return handled;
  }

  /** What was posted before still arrives. */
  close() {
    if (this.#state === 'closed') return;
    this.#bridge.send({do: 'close', number: this.#number});
    this.#ended();
  }

  #ended() {
    this.#state = 'closed';
    this.#bridge.forget(this.#number);
    this.#unhandled.splice(0).forEach(({reject}) => reject(ended()));
    this.#end();
  }

  [hears]({is, data}) {
    switch (is) {
      case 'message':
        if (this.#early) this.#early.push(data); else this.#deliver(data);
        break;
      case 'handled':
        this.#unhandled.shift()?.resolve();
        break;
      case 'closed':
        this.#ended();
    }
  }

  #deliver(data) { this.dispatchEvent(new MessageEvent('message', {data})); }

  #start() {
    const early = this.#early ?? [];
    this.#early = null;
    early.forEach(data => queueMicrotask(() => this.#deliver(data)));
  }

  addEventListener(type, ...rest) {
    super.addEventListener(type, ...rest);
    if (type === 'message') this.#start();
  }

  get onmessage() { return this.#handler; }

  set onmessage(handler) {
    super.removeEventListener('message', this.#handler);
    this.#handler = handler;
    if (handler) this.addEventListener('message', handler);
  }
}

const ended = () => new DOMException('The connection has ended.', 'InvalidStateError');
