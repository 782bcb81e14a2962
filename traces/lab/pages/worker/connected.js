// The worker of the service for pages that call navigator.connect(). It answers each request as the page was told to ask for.
importScripts('../channel.js', '../connect/connect-worker.js');

const parameters = new URLSearchParams(location.search);
const version = parameters.get('version');
const script = version.split('.')[1];
const instance = Array.from(crypto.getRandomValues(new Uint8Array(5)), n => (n % 36).toString(36)).join('');
const posted = new Map(); // how many messages, by connection

const channel = openChannel(new URL('..', location), {name: `worker/v${script}/${instance}`, version}, {
  ping() {},

  async post({conn}) {
    const client = await find(conn);
    if (client) post(client, conn); else channel.log('cannot', {conn, try: 'post'});
  },

  async close({conn}) {
    const client = await find(conn);
    if (!client) return channel.log('cannot', {conn, try: 'close'});
    channel.log('close', {conn});
    client.close();
  },
});
channel.log('boot');

// A worker that is started anew knows its connections by their ids. What it knows of them outlives it in a cache.
const memory = caches.open(new URL('.', location).href);
const remember = async (key, value) => (await memory).put(`memory/${key}`, new Response(String(value)));
const recall = async key => (await (await memory).match(`memory/${key}`))?.text();

// find returns the client of a connection, if there is one.
async function find(conn) {
  for (const client of await connections()) {
    if (await recall(client.id) === String(conn)) return client;
  }
}

oninstall = () => {
  if (parameters.has('skip')) skipWaiting();
};

onactivate = () => channel.log('activate');

onconnect = event => {
  const {conn, answer} = event.request;
  const {protocol, hostname} = new URL(event.client.origin);
  // The url of the page, if it can be found anywhere in what the worker is given; it should not.
  const [url] = JSON.stringify([event.request, {...event.client}, event.client.url]).match(/http[^"]*page\.html/) ?? [];
  channel.log('connect', {conn, origin: `${protocol}//${hostname}`, url});
  if (answer === 'ignore') return channel.log('ignore', {conn});
  event.waitUntil(decide(conn, answer, event.client.id));
};

async function decide(conn, answer, id) {
  switch (answer) {
    case 'reject':
      channel.log('reject', {conn});
      throw new Error('refused');
    case 'hang':
      channel.log('hang', {conn});
      return new Promise(() => {});
    case 'wait': // until somebody ends this instance; the next one accepts
      if (await recall(`waited ${conn}`)) break;
      await remember(`waited ${conn}`, true);
      return new Promise(() => {});
  }
  await remember(id, conn);
  channel.log('accept', {conn});
}

onforeignmessage = ({source, data: {conn, msg, answer, hold}}) => {
  channel.log('receive', {conn, msg});
  for (const end = performance.now() + hold; performance.now() < end;); // the message is being handled
  if (answer) post(source, conn);
};

function post(client, conn) {
  const count = (posted.get(conn) ?? 0) + 1, msg = `w${conn}.${count}@${instance}`;
  posted.set(conn, count);
  channel.log('post', {conn, msg});
  client.postMessage({msg});
}
