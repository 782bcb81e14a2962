// A service. What it keeps is counted: the maps of connect-worker.js.
const maps = [];
self.Map = class extends Map { constructor(...args) { super(...args); maps.push(this); } };
importScripts('/.well-known/connect/connect-worker.js');

const myBuildQuery = query => `/check?${new URLSearchParams(query)}`;

// The second example of the draft, mended: fetch() for XMLHttpRequest, which service workers do not have, and no syntax errors.
onconnect = function(e) {
  if (e.request?.hangs) return e.waitUntil(new Promise(() => {}));
  e.waitUntil((async () => {
    const asked = {page: e.client.url ?? e.client.origin, apiKey: e.request.apiKey, credentials: e.request.cred};
    const response = await fetch(myBuildQuery(asked));
    if (response.status !== 200) throw Error('Some Error');
    (e.client.port ?? e.client).postMessage({type: 'connected', payload: await response.text(), sees: Object.keys(e.client).sort().join()});
  })());
};

onforeignmessage = async e => {
  if (e.data === 'count') return e.source.postMessage({kept: maps.reduce((sum, map) => sum + map.size, 0), list: (await connections()).length});
  e.source.postMessage(`echo ${e.data}`);
};
