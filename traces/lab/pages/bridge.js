// The bridge is a hidden frame of the service's origin. It registers the service, hands connections on to it, and tells the
// states of its versions. It lies outside the scope of the service, so that the worker does not control it: an update need
// not wait for it.
//
// The script of a version has the version's name in its url, REGISTRATION.SCRIPT, so that every bridge and the worker itself
// know which version they deal with, even if pages of several sites share one registration.
const {page, worker: file, script: deployed} = Object.fromEntries(new URLSearchParams(location.search));
const scope = new URL('worker/', location).href;

const channel = openChannel(location, {name: `bridge/${page}`}, {
  ping() {},

  async update({script: number, skip}) {
    const {registration} = name(newest(await registered()));
    await register(registration, number, skip);
  },

  unregister: async () => (await registered()).unregister(),
});

addEventListener('message', async event => {
  if (event.data === 'tidy') {
    await (await registered())?.unregister();
    return event.ports[0].postMessage('tidy');
  }
  const registration = await registered() ?? await register(page, deployed, false);
  watch(registration);
  if (event.data === 'prepare') return event.ports[0].postMessage('prepared');
  (await active(registration)).postMessage({...event.data, origin: event.origin}, event.ports);
});

const registered = () => navigator.serviceWorker.getRegistration(scope);

async function register(registration, number, skip) {
  const url = new URL(file, scope);
  url.search = new URLSearchParams({version: `${registration}.${number}`, ...(skip && {skip})});
  const made = await navigator.serviceWorker.register(url, {scope});
  watch(made);
  return made;
}

const newest = ({installing, waiting, active}) => installing ?? waiting ?? active;

function name(worker) {
  const version = new URL(worker.scriptURL).searchParams.get('version');
  const [registration, script] = version.split('.');
  return {version, registration, script};
}

const watched = new Set();
const states = ['installing', 'installed', 'activating', 'activated', 'redundant'];

// watch tells each state of the versions of a registration, from now on.
function watch(registration) {
  if (!watched.has(registration)) {
    watched.add(registration);
    registration.addEventListener('updatefound', () => watch(registration));
  }
  for (const worker of [registration.active, registration.waiting, registration.installing]) {
    if (!worker || watched.has(worker)) continue;
    watched.add(worker);
    let latest = -1;
    const tell = () => {
      // WebKit may fire the event of a state after the version has gone on to the next one, and then show the state before it.
      const place = states.indexOf(worker.state);
      if (place > latest) channel.tell('state', {version: name(worker).version, state: worker.state});
      latest = Math.max(place, latest);
    };
    tell();
    worker.addEventListener('statechange', tell);
  }
}

// active returns the active worker of a registration as soon as there is one.
function active(registration) {
  if (registration.active) return registration.active;
  const worker = newest(registration);
  return new Promise(resolve => worker.addEventListener('statechange', () => {
    if (registration.active) resolve(registration.active);
  }));
}

parent.postMessage('ready', '*');
