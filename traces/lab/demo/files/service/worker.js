// The service of the demo. It counts likes, and keeps those that it cannot hand in while its network is gone.
importScripts('/.well-known/connect/connect-worker.js');

const version = new URLSearchParams(location.search).get('version');
const started = Date.now();
const memory = caches.open('demo');
const recall = async key => Number(await (await (await memory).match(key))?.text() ?? 0);
const remember = async (key, value) => (await memory).put(key, new Response(String(value)));

oninstall = () => skipWaiting();

onconnect = event => event.waitUntil((async () => {
  if (event.request?.key !== 'key of this site') throw new Error('a wrong key');
  const what = event.again ? 'was asked again, and accepts' : 'accepts';
  event.client.postMessage({log: `Version ${version} ${what} the connection of ${event.client.origin}.`});
})());

// One message is handled after the other, since a like reads and writes.
let last = Promise.resolve();
onforeignmessage = event => event.waitUntil(last = last.then(() => handle(event), () => handle(event)));

async function handle({source, data}) {
  let likes = await recall('/likes'), waiting = await recall('/waiting');
  if (data === 'like') {
    likes++;
    const offline = await (await memory).match('/offline');
    waiting = offline ? waiting + 1 : 0;
    await remember('/likes', likes);
    await remember('/waiting', waiting);
    const age = Math.round((Date.now() - started) / 1000);
    source.postMessage({log: `Version ${version}, which has run for ${age} s, counts a like` + (offline ? `; ${waiting} wait for the network.` : '.')});
  }
  source.postMessage({likes});
}
