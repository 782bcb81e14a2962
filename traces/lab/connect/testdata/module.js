// A service whose worker is a module.
import '/.well-known/connect/connect-worker.js';

onconnect = event => event.waitUntil(Promise.resolve());
onforeignmessage = event => event.source.postMessage(`echo ${event.data}`);
