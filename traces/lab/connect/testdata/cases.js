// Each case is played by a page of its own, and reports to the test what came of it: a line for each thing that is to be seen.
import {install} from '/.well-known/connect/connect.js';

const parameters = new URLSearchParams(location.search);
const service = parameters.get('service'), deadline = Number(parameters.get('deadline'));
const good = {apiKey: 'key', cred: 'secret'}, bad = {apiKey: 'wrong', cred: 'secret'};
const lines = [];
const say = line => lines.push(line);
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const next = end => new Promise(resolve => { end.onmessage = event => resolve(event.data); });

const tells = new Set(); // all that refused pages are told

// fails says how a promise is rejected, and whether that took as long as the deadline.
async function fails(promise) {
  const start = performance.now();
  const error = await promise.then(() => ({name: 'nothing'}), error => error);
  const took = performance.now() - start;
  if (error.name === 'AbortError') tells.add([error.constructor.name, error.message, ...Object.entries(error)].join());
  return `${error.name} ${took < deadline / 2 ? 'at once' : took < deadline * 1.5 ? 'at the deadline' : 'late'}`;
}

const later = url => new URL('/.well-known/connect/later.html', url);

// deploy lets the bridge register another version. It returns how that begins.
function deploy(version) {
  const answer = new Promise(resolve => addEventListener('message', event => resolve(event.data), {once: true}));
  document.querySelector('iframe').contentWindow.postMessage({deploy: version}, service);
  return answer;
}

const cases = {
  // The first example of the draft. It sets no onmessage, which a page that wants an answer has to.
  async accepted() {
    install({deadline});
    await navigator.connect(`${service}/service/`, good).then(
      async function(port) {
        const {type, payload, sees} = await next(port);
        say(`${type} ${payload}, the worker sees ${sees}`);
        const handled = port.postMessage('Hello!');
        say(await next(port));
        await handled;
        say(`${port.state}, ${navigator.connections.length} in the list`);
        port.close();
        await port.closed;
        say(`${port.state}, ${navigator.connections.length} in the list`);
        say(await fails(port.postMessage('late')));
      },
      function(why) {
        say(`Failed to connect because: ${why}`);
      },
    );
  },

  async refused() {
    install({deadline});
    say(await fails(navigator.connect(`${service}/service/`, bad)));
  },

  async module() {
    install({deadline, bridge: url => new URL('/.well-known/connect/module.html', url)});
    const connection = await navigator.connect(`${service}/service/module/`);
    connection.postMessage('Hello!');
    say(await next(connection));
  },

  async literal() {
    install({deadline, literal: true});
    const port = await navigator.connect(`${service}/service/`, good);
    const {type, payload, sees} = await next(port);
    say(`${type} ${payload}, the worker sees ${sees}, the page has a ${port.constructor.name}`);
    say(await fails(navigator.connect(`${service}/service/`, bad)));
  },

  async 'bad input'() {
    const bridges = {none: '/nothing.html', private: '/private/bridge.html', old: '/.well-known/connect/unsupported.html', broken: '/.well-known/connect/broken.html'};
    install({deadline, bridge: url => new URL(bridges[url.search.slice(1)] ?? '/.well-known/connect/bridge.html', url)});
    const all = {
      'a url that does not parse': ['http://[', good],
      'a url of another scheme': ['ftp://example.com/', good],
      'a request that cannot be cloned': [`${service}/service/`, () => {}],
      'nothing registered there': [`${service}/elsewhere/`, good],
      'a bridge that is not there': [`${service}/service/?none`, good],
      'a bridge that may not be embedded': [`${service}/service/?private`, good],
      'no service workers': [`${service}/service/?old`, good],
      'a worker that fails to start': [`${service}/broken/?broken`, good],
      'nobody listens': ['http://svc.localhost:1/', good],
      'a worker that never answers': [`${service}/service/`, {hangs: true}],
      'a handler that throws': [`${service}/service/`, null],
    };
    all['a worker that refuses'] = [`${service}/service/`, bad];
    const outcomes = await Promise.all(Object.entries(all).map(async ([what, args]) => `${what}: ${await fails(navigator.connect(...args))}`));
    outcomes.forEach(say);
    say(`a refusal tells ${tells.size} thing`);
    await sleep(2500);
    say(`${document.querySelectorAll('iframe').length} frames left`);
  },

  // The worker is well when it is installed, and never starts again.
  async 'starts once'() {
    install({deadline, bridge: later});
    const connection = await navigator.connect(`${service}/later/`);
    connection.postMessage('Hello!');
    say(await next(connection));
    connection.close();
    await sleep(2500);
    await fetch('/stop');
    say(await fails(navigator.connect(`${service}/later/`)));
  },

  async 'starts once, and is needed'() {
    install({deadline, bridge: later});
    const connection = await navigator.connect(`${service}/later/`);
    await fetch('/stop');
    const handled = fails(connection.postMessage('Hello!'));
    say(`another one: ${await fails(navigator.connect(`${service}/later/`))}`);
    say(`this one: ${connection.state}, ${await Promise.race([handled, 'not handled'])}`);
    connection.close();
    say(`${connection.state}: ${(await handled).split(' ')[0]}`);
  },

  async 'broken update'() {
    install({deadline, bridge: later});
    const connection = await navigator.connect(`${service}/later/`);
    say(await deploy('broken'));
    connection.postMessage('Hello!');
    say(await next(connection));
    const another = await navigator.connect(`${service}/later/`);
    say(`${connection.state}, ${another.state}`);
  },

  // The new version is stopped when it is asked, and does not start again.
  async 'update starts once'() {
    install({deadline, bridge: later});
    const connection = await navigator.connect(`${service}/later/`);
    const closed = fails(connection.closed.then(() => { throw new DOMException('', 'closed'); }));
    say(await deploy('2'));
    say(await closed);
    say(await fails(connection.postMessage('Hello!')));
    say(`another one: ${await fails(navigator.connect(`${service}/later/`))}`);
  },

  // A page of an opaque origin cannot be told from others.
  async opaque() {
    install({deadline});
    say(`${self.origin}: ${await fails(navigator.connect(`${service}/service/`, good))}`);
  },

  async thousand() {
    let channels = 0;
    const Channel = MessageChannel;
    self.MessageChannel = class extends Channel { constructor() { super(); channels++; } };
    install({deadline});
    const url = `${service}/service/`;
    const steady = await navigator.connect(url, good);
    for (let n = 0; n < 20; n++) {
      await Promise.all(Array.from({length: 50}, async () => {
        const connection = await navigator.connect(url, good);
        await connection.postMessage('Hello!');
        connection.close();
      }));
    }
    await next(steady);
    steady.postMessage('count');
    const worker = await next(steady); // by now the bridge has heard of everything before
    const counted = new Promise(resolve => addEventListener('message', event => resolve(event.data), {once: true}));
    const frames = document.querySelectorAll('iframe');
    frames[0].contentWindow.postMessage('count', service);
    // The bridge keeps a connection by its id and by its number; the worker by its id.
    say(`${channels} channels, ${frames.length} frame, ${navigator.connections.length} in the list`);
    say(`the bridge keeps ${(await counted).kept}, the worker ${worker.kept} and lists ${worker.list}`);
    steady.close();
    await sleep(2500);
    say(`${document.querySelectorAll('iframe').length} frames left`);
  },

  // One bridge serves two services. Each hears of its own connections that they are over.
  async 'two services'() {
    install({deadline, bridge: url => new URL(`/.well-known/connect/${url.search.slice(1) || 'bridge.html'}`, url)});
    (await navigator.connect(`${service}/service/module/?module.html`)).close(); // which installs it
    const other = await navigator.connect(`${service}/service/module/`);
    const one = await navigator.connect(`${service}/service/`, good);
    (await navigator.connect(`${service}/service/`, good)).close();
    await other.postMessage('Hello!');
    await next(one);
    one.postMessage('count');
    say(`the worker keeps ${(await next(one)).kept}`);
  },

  // Of what an earlier instance has handled, its successor need not know, even if the bridge did not know either.
  async 'handled before'() {
    const registration = await navigator.serviceWorker.register('/service/worker.js', {scope: '/service/'});
    const worker = registration.installing ?? registration.active;
    while (worker.state !== 'activated') await sleep(20);
    const heard = new Promise(resolve => {
      navigator.serviceWorker.onmessage = ({data: {is, seq, data}}) => {
        say(`${is} ${seq ?? data}`);
        if (is === 'handled') resolve();
      };
    });
    const post = (seq, base) => worker.postMessage({connect: 'post', id: 'x', origin, gone: [], seq, base, data: `message ${seq}`});
    post(4, 2); // so 2 and 3 are to come
    post(5, 2);
    post(6, 6);
    await Promise.race([heard, sleep(deadline)]);
  },

  // The page around this one is hostile.
  async victim() {
    install({deadline});
    const connection = await navigator.connect(`${service}/service/`, good);
    const heard = [];
    connection.onmessage = event => heard.push(event.data.type ?? event.data);
    const over = new Promise(resolve => addEventListener('message', event => event.data === 'over' && resolve()));
    parent.postMessage('attack', '*');
    await over;
    await connection.postMessage('mine');
    await sleep(200);
    say(`heard ${heard.join(', ')}; ${connection.state}`);
  },
};

async function report(lines) {
  await fetch(`${parameters.get('report')}`, {method: 'POST', mode: 'no-cors', body: lines.join('\n')});
}

const run = cases[parameters.get('case')];
if (run) run().then(() => report(lines), error => report([...lines, `${error}\n${error.stack}`]));
