'use strict';
// A page that connects, or those who deploy the service, as the frame around it likes. In browsers without navigator.connect()
// the scripts in ../connect/ stand in for it.

const token = location.search.slice(1);
const scope = new URL(`scope/${token}/`, location);
const connections = new Map(); // by name
const registrations = new Map(); // by path
const versions = new Map(); // by name
let port, service, client;

const see = text => port.postMessage(text);

// place returns the url of the service that a path of a trace stands for.
const place = path => new URL(path === 'elsewhere' ? '../../elsewhere/' : path.replace(/^svc\.example\//, ''), `${service}${scope.pathname}`);

const commands = {
  async prepare(origin) {
    service = origin;
    if (navigator.connect) return;
    const {install} = await import('../connect/connect.js');
    install({bridge: () => new URL('../connect/bridge.html', `${origin}${location.pathname}`), deadline: 6000});
  },

  connect(conn, path, ignored) {
    navigator.connect(place(path), {conn, ignored}).then(connection => {
      connections.set(conn, connection);
      see(`resolved ${conn}`);
      connection.onmessage = ({data}) => see(`receive ${conn} ${data}`);
      connection.closed.then(() => connections.get(conn) === connection && see(`closed ${conn}`));
    }, error => see(`rejected ${conn} ${error.name}`));
  },

  post(conn, message) {
    connections.get(conn).postMessage(message).then(() => see(`handled ${conn} ${message}`), () => {});
  },

  close(conn) {
    const connection = connections.get(conn);
    connections.delete(conn); // so that it is not told to have ended
    connection.close();
  },

  list() {
    const open = navigator.connections;
    return [...connections].filter(([, c]) => c.state === 'open' && open.includes(c)).map(([conn]) => conn).sort();
  },

  // register deploys a version of the service, and tells what becomes of it.
  async register(name, path, fails) {
    service = location.origin;
    new BroadcastChannel(token).onmessage = ({data: [from, text]}) => from === name && see(`${name}: ${text}`);
    const url = `worker.js?${new URLSearchParams({name, token, ...(fails && {fails})})}`;
    const registration = await navigator.serviceWorker.register(url, {scope: place(path)}).catch(() => null);
    if (!registration) return see(`state: ${name} redundant`);
    registrations.set(path, registration);
    const worker = [registration.installing, registration.waiting, registration.active].find(w => w?.scriptURL.endsWith(url));
    if (!worker) return see(`state: ${name} redundant`); // already
    versions.set(name, worker);
    const told = new Set();
    const tell = () => {
      if (!['activated', 'redundant'].includes(worker.state) || told.has(worker.state)) return;
      told.add(worker.state);
      see(`state: ${name} ${worker.state}`);
    };
    worker.addEventListener('statechange', tell);
    tell();
  },

  async unregister() { await registrations.get('').unregister(); },

  // tell lets a version do something, and waits until it has.
  tell: (name, ...what) => new Promise(resolve => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}) => resolve(data);
    versions.get(name).postMessage(what, [port2]);
  }),

  // A document of the service that its worker controls.
  'client open': () => new Promise(resolve => {
    client = document.createElement('iframe');
    client.src = scope;
    client.onload = () => resolve();
    document.body.append(client);
  }),

  'client close'() { client.remove(); },

  async tidy() {
    client?.remove();
    await Promise.all([...registrations.values()].map(registration => registration.unregister()));
  },
};

addEventListener('message', event => {
  if (event.source !== parent || event.data !== 'open' || port) return;
  [port] = event.ports;
  port.onmessage = async ({data: [what, ...args], ports: [answer]}) => {
    try {
      answer.postMessage({value: await commands[what](...args)});
    } catch (error) {
      answer.postMessage({error: String(error)});
    }
  };
});
