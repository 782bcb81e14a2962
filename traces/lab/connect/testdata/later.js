// A service that is well when it is installed, and never starts again.
importScripts('/.well-known/connect/connect-worker.js');

const version = new URL(location).searchParams.get('version');
if (version === 'broken' || registration.active?.scriptURL === location.href) throw new Error('This worker does not start.');

const alive = fetch('/alive'); // which lasts as long as this instance

// A version that is asked about a connection of an older one is stopped before it answers.
onconnect = event => event.waitUntil(event.again ? fetch('/stop').then(() => new Promise(() => {})) : alive);
onforeignmessage = event => event.source.postMessage(`version ${version}: ${event.data}`);
