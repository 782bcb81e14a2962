// The worker of the service. It answers each request as the page was told to ask for, since an experiment decides that and not
// the service.
importScripts('../channel.js');

const parameters = new URLSearchParams(location.search);
const version = parameters.get('version');
const script = version.split('.')[1];
const instance = Array.from(crypto.getRandomValues(new Uint8Array(5)), n => (n % 36).toString(36)).join('');
const ports = new Map(); // by connection
const posted = new Map(); // how many messages, by connection

const channel = openChannel(new URL('..', location), {name: `worker/v${script}/${instance}`, version}, {
  ping() {},

  post({conn}) {
    if (ports.has(conn)) post(conn); else channel.log('cannot', {conn, try: 'post'});
  },

  close({conn}) {
    if (!ports.has(conn)) return channel.log('cannot', {conn, try: 'close'});
    channel.log('close', {conn});
    ports.get(conn).close();
  },
});
channel.log('boot');

oninstall = () => {
  if (parameters.has('skip')) skipWaiting();
};

onactivate = () => channel.log('activate');

onmessage = event => {
  const {conn, answer, origin} = event.data, [port] = event.ports;
  const {protocol, hostname} = new URL(origin);
  channel.log('connect', {conn, origin: `${protocol}//${hostname}`});
  switch (answer) {
    case 'accept':
      return accept(conn, port);
    case 'reject':
      channel.log('reject', {conn});
      return port.postMessage({settled: 'rejected'});
    case 'hang':
      channel.log('hang', {conn});
  }
  event.waitUntil(new Promise(() => {})); // it is pending until something ends the worker
};

function accept(conn, port) {
  ports.set(conn, port);
  posted.set(conn, 0);
  port.onmessage = ({data: {msg, answer, hold}}) => {
    channel.log('receive', {conn, msg});
    for (const end = performance.now() + hold; performance.now() < end;); // the message is being handled
    if (answer) post(conn);
  };
  port.addEventListener('close', () => channel.log('closed', {conn}));
  channel.log('accept', {conn});
  port.postMessage({settled: 'accepted'});
}

function post(conn) {
  const count = posted.get(conn) + 1, msg = `w${conn}.${count}@${instance}`;
  posted.set(conn, count);
  channel.log('post', {conn, msg});
  ports.get(conn).postMessage({msg});
}
