// A page that connects to a service of another origin. Today's platform has one way to do that: a hidden frame of the service's
// origin, the bridge, hands one end of a message channel on to its worker.
const {page, service} = Object.fromEntries(new URLSearchParams(location.search));
const ports = new Map(); // by connection
const posted = new Map(); // how many messages, by connection

const channel = openChannel(location, {name: `page/${page}`, agent: navigator.userAgent}, {
  ping() {},

  async connect({conn, answer}) {
    const {port1, port2} = new MessageChannel();
    channel.log('connect', {conn, url: bare(service)});
    port1.onmessage = event => hear(conn, event.data);
    port1.addEventListener('close', () => channel.log('closed', {conn}));
    ports.set(conn, port1);
    posted.set(conn, 0);
    (await bridge()).postMessage({conn, answer}, service, [port2]);
  },

  post: ({conn, answer, hold}) => post(conn, {answer, hold}),

  // stream posts many messages, one every few milliseconds.
  stream: ({conn, count, every}) => new Promise(resolve => {
    const timer = setInterval(() => {
      post(conn, {answer: true});
      if (--count === 0) {
        clearInterval(timer);
        resolve();
      }
    }, every);
  }),

  close({conn}) {
    channel.log('close', {conn});
    ports.get(conn).close();
  },

  unbridge() {
    document.querySelector('iframe')?.remove();
    loading = null;
  },

  // tidy removes the service again.
  tidy: () => new Promise(async resolve => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = resolve;
    (await bridge()).postMessage('tidy', service, [port2]);
  }),

  // go opens another page in this window, after the answer to the command is out.
  go({url}) {
    setTimeout(() => location.assign(url));
  },
});

function hear(conn, {settled, msg}) {
  switch (settled) {
    case 'accepted': return channel.log('resolved', {conn});
    case 'rejected': return channel.log('rejected', {conn, error: 'AbortError'});
  }
  channel.log('receive', {conn, msg});
}

function post(conn, how) {
  const count = posted.get(conn) + 1, msg = `p${conn}.${count}`;
  posted.set(conn, count);
  channel.log('post', {conn, msg});
  ports.get(conn).postMessage({msg, ...how});
}

let loading = null; // a promise of the bridge's window

function bridge() {
  return loading ??= new Promise(resolve => {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = `${service}${location.pathname.replace(/[^/]*$/, '')}bridge.html?page=${page}`;
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
