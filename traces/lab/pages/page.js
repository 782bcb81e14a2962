// A page that connects to a service of another origin. Today's platform has one way to do that: a hidden frame of the service's
// origin, the bridge, hands one end of a message channel on to its worker. With via=connect the page calls navigator.connect()
// of package connect, and the bridge only installs the service and tells of its versions.
const {page, service, via, script} = Object.fromEntries(new URLSearchParams(location.search));
const ends = new Map(); // by connection: what it is posted and closed by
const posted = new Map(); // how many messages, by connection
const heard = new Map(); // how many came, and when the last one did, by connection
const mostUnanswered = 6;
const underWay = new Set(); // promises of what is not settled or handled yet
const deadline = 4000; // ms, for an answer of the worker: a slow machine starts one in less

const channel = openChannel(location, {name: `page/${page}`, agent: navigator.userAgent}, {
  // ping is answered when nothing is on its way that this page knows of, or has been for too long.
  ping: () => Promise.race([Promise.allSettled(underWay), new Promise(resolve => setTimeout(resolve, 1.25 * deadline))]),

  async connect({conn, answer}) {
    posted.set(conn, 0);
    await ways[via ?? 'bridge'](conn, answer);
  },

  post: ({conn, answer, hold}) => post(conn, {answer, hold}),

  // stream posts many messages, one every few milliseconds, and waits while many are unanswered: no more than the model can hold
  // are to be under way on a machine that is busy. An answer that takes half a second will never come.
  stream: ({conn, count, every}) => new Promise(resolve => {
    const began = performance.now();
    const timer = setInterval(() => {
      const {answers = 0, at = began} = heard.get(conn) ?? {};
      if (posted.get(conn) - answers >= mostUnanswered && performance.now() - at < 500) return;
      post(conn, {answer: true});
      if (--count === 0) {
        clearInterval(timer);
        resolve();
      }
    }, every);
  }),

  close({conn}) {
    const end = ends.get(conn);
    if (isOver(end)) return channel.log('cannot', {conn, try: 'close'});
    channel.log('close', {conn});
    end.close();
  },

  unbridge() {
    document.querySelector('iframe')?.remove();
    loading = null;
  },

  // tidy removes the service again.
  tidy: () => ask('tidy'),

  // go opens another page in this window, after the answer to the command is out.
  go({url}) {
    setTimeout(() => location.assign(url));
  },
});

const ways = {
  async bridge(conn, answer) {
    const {port1, port2} = new MessageChannel();
    channel.log('connect', {conn, url: bare(service)});
    port1.onmessage = event => hear(conn, event.data);
    port1.addEventListener('close', () => channel.log('closed', {conn}));
    ends.set(conn, port1);
    (await bridge()).postMessage({conn, answer}, service, [port2]);
  },

  async connect(conn, answer) {
    const {install} = await import('./connect/connect.js');
    if (!navigator.connect) install({bridge: () => `${here()}connect/bridge.html`, deadline});
    await ask('prepare');
    channel.log('connect', {conn, url: bare(service)});
    follow(navigator.connect(`${here()}worker/`, {conn, answer}).then(end => {
      ends.set(conn, end);
      channel.log('resolved', {conn});
      end.onmessage = event => hear(conn, event.data);
      let closes = false; // by itself
      end.closed.then(() => closes || channel.log('closed', {conn}));
      const {close} = end;
      end.close = () => { closes = true; close.call(end); };
    }, error => channel.log('rejected', {conn, error: error.name})));
  },
};

// follow keeps a promise until it is settled.
function follow(promise) {
  underWay.add(promise);
  promise.catch(() => {}).then(() => underWay.delete(promise));
}

// isOver tells whether there is no end to use, or it says itself that it leads nowhere.
const isOver = end => !end || end.state === 'closed';

// here is the folder of the service that belongs to this page.
const here = () => `${service}${location.pathname.replace(/[^/]*$/, '')}`;

// ask lets the bridge do something, and waits until it has.
const ask = what => new Promise(async resolve => {
  const {port1, port2} = new MessageChannel();
  port1.onmessage = resolve;
  (await bridge()).postMessage(what, service, [port2]);
});

function hear(conn, {settled, msg}) {
  switch (settled) {
    case 'accepted': return channel.log('resolved', {conn});
    case 'rejected': return channel.log('rejected', {conn, error: 'AbortError'});
  }
  channel.log('receive', {conn, msg});
  heard.set(conn, {answers: (heard.get(conn)?.answers ?? 0) + 1, at: performance.now()});
}

function post(conn, how) {
  const end = ends.get(conn);
  if (isOver(end)) return channel.log('cannot', {conn, try: 'post'});
  const count = posted.get(conn) + 1, msg = `p${conn}.${count}`;
  posted.set(conn, count);
  channel.log('post', {conn, msg});
  follow(Promise.resolve(end.postMessage({conn, msg, ...how})));
}

let loading = null; // a promise of the bridge's window

function bridge() {
  return loading ??= new Promise(resolve => {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = `${here()}bridge.html?page=${page}&worker=${via === 'connect' ? 'connected' : 'worker'}.js&script=${script}`;
    addEventListener('message', function ready(event) {
      if (event.source !== frame.contentWindow || event.data !== 'ready') return;
      removeEventListener('message', ready);
      resolve(frame.contentWindow);
    });
    document.body.append(frame);
  });
}

// bare returns an origin without the port, which differs from run to run.
function bare(origin) {
  const {protocol, hostname} = new URL(origin);
  return `${protocol}//${hostname}`;
}
