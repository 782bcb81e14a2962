'use strict';
// The service worker of a trace. It answers connect events as it is told to, and tells what it sees.
if (!('onconnect' in self)) importScripts('../connect/connect-worker.js');

const {name, token, fails} = Object.fromEntries(new URLSearchParams(location.search));
const line = new BroadcastChannel(token);
const see = text => line.postMessage([name, text]);
const asked = new Map(); // by connection: the client, and what answers
const names = new Map(); // of connections, by the id of the client

oninstall = event => {
  if (fails) event.waitUntil(Promise.reject(new Error('it is to fail')));
};

// A document in its scope is one that it makes.
onfetch = event => event.respondWith(new Response('<!doctype html><title>controlled</title>', {headers: {'content-type': 'text/html'}}));

onconnect = event => {
  const {request: {conn, ignored}, client} = event;
  // Of a page a worker learns the origin and an id, and not the url, wherever it may stand.
  const leaks = JSON.stringify([event.request, {...client}, client.url]).includes('party.html');
  see(`connect ${conn}${event.again ? ' again' : ''}${leaks ? ' with its url' : ''}`);
  names.set(client.id, conn);
  if (ignored.includes(name)) return;
  event.waitUntil(new Promise((accept, reject) => asked.set(conn, {client, accept, reject})));
};

onforeignmessage = ({source, data}) => see(`receive ${names.get(source.id)} ${data}`);

const commands = {
  accept(conn) { asked.get(conn).accept(); },
  reject(conn) { asked.get(conn).reject(new Error('refused')); },
  post(conn, message) { asked.get(conn).client.postMessage(message); },
  close(conn) { asked.get(conn).client.close(); },
  skip() { skipWaiting(); },
  list: async () => (await connections()).map(({id}) => names.get(id)).sort(),
};

onmessage = event => {
  const {data: [what, ...args], ports: [answer]} = event;
  event.waitUntil((async () => answer.postMessage(await commands[what](...args)))());
};
