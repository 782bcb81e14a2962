'use strict';
// What tests of traces have in common. A test is played by frames of several origins: each page of the trace is one, and those who
// deploy the service are another. See party.js for what they can do, and worker.js for the service worker.
//
// trace_test(name, {installed, steps, lists}): installed tells whether the service is there from the beginning. Each step is what
// is done, in the words of the model, and then all that is to be seen of it: ['p1 connect c1', 'v1: connect c1']. Lists has the
// connections that each open page and the worker have in the end.

const patience = 20_000; // ms, for what is to be seen: a slow machine takes its time to start a worker
const silence = 500; // ms, in which nothing else may be seen in the end

function trace_test(name, {installed, steps, lists}) {
  promise_test(async t => {
    const stage = new Stage(t, steps);
    await stage.open(installed);
    for (const [what, ...sees] of steps) await stage.step(what, sees);
    await new Promise(resolve => t.step_timeout(resolve, silence));
    assert_equals(JSON.stringify(grouped(stage.seen)), JSON.stringify(grouped(steps.flatMap(([, ...sees]) => sees))), 'all that is seen');
    for (const [party, list] of Object.entries(lists)) {
      assert_array_equals(await stage.list(party), list, `connections of ${party}`);
    }
  }, name);
}

// grouped returns what each party sees of each connection, in its order. States of versions may come in any order.
function grouped(seen) {
  const groups = {};
  for (const text of seen) {
    const key = `${text.match(/^.*?:/)} ${text.match(/ c\d+/) ?? ''}`;
    (groups[key] ??= []).push(text);
  }
  groups['state: ']?.sort();
  return Object.fromEntries(Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// Party is a frame.
class Party {
  static async open(origin, token, hears) {
    const party = new Party();
    party.frame = document.createElement('iframe');
    party.frame.src = `${origin}${new URL('resources/party.html', location).pathname}?${token}`;
    const loaded = new Promise(resolve => party.frame.addEventListener('load', resolve, {once: true}));
    document.body.append(party.frame);
    await loaded;
    const {port1, port2} = new MessageChannel();
    party.port = port1;
    port1.onmessage = ({data}) => hears(data);
    party.frame.contentWindow.postMessage('open', origin, [port2]);
    return party;
  }

  // do tells the frame to do something, and waits until it has.
  async do(what, ...args) {
    const {port1, port2} = new MessageChannel();
    const answer = new Promise(resolve => { port1.onmessage = resolve; });
    this.port.postMessage([what, ...args], [port2]);
    const {data: {error, value}} = await answer;
    assert_equals(error, undefined, what);
    return value;
  }

  leave() { this.frame.remove(); }
}

class Stage {
  seen = [];
  #test;
  #pages = {};
  #service; // those who deploy it
  #token = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  #asked = {}; // the version that was asked last, by connection
  #posted = {}; // how many messages, by connection and end
  #versions = 0;
  #expected = []; // up to now

  constructor(t, steps) {
    this.#test = t;
    this.steps = steps;
  }

  async open(installed) {
    const service = get_host_info().HTTPS_NOTSAMESITE_ORIGIN;
    const hears = text => this.#hear(text);
    this.#service = await Party.open(service, this.#token, hears);
    this.#test.add_cleanup(() => this.#service.do('tidy'));
    for (const name of new Set(this.steps.map(([what]) => what.split(' ')[0]))) {
      if (!/^p\d$/.test(name)) continue;
      // Page 2 is of the service's own origin.
      const page = this.#pages[name] = await Party.open(name === 'p2' ? service : location.origin, this.#token, text => hears(`${name}: ${text}`));
      await page.do('prepare', service);
    }
    if (!installed) return;
    await this.step('service register', ['state: v1 activated']);
    this.seen = [];
    this.#expected = [];
  }

  #hear(text) {
    this.seen.push(text);
    const asks = text.match(/^(.*): connect (c\d+)/);
    if (asks) this.#asked[asks[2]] = asks[1];
  }

  // step does something, and waits for what is to be seen of it.
  async step(what, sees) {
    await this.#do(what.split(' '), what);
    this.#expected.push(...sees);
    const missing = () => {
      const left = [...this.#expected];
      for (const text of this.seen) {
        const at = left.indexOf(text);
        if (at >= 0) left.splice(at, 1);
      }
      return left;
    };
    const end = performance.now() + patience;
    while (missing().length > 0) {
      assert_less_than(performance.now(), end, `${what}: not seen: ${missing().join(', ')}; seen so far: ${this.seen.join(', ')}`);
      await new Promise(resolve => this.#test.step_timeout(resolve, 20));
    }
  }

  #number(end) { return this.#posted[end] = (this.#posted[end] ?? 0) + 1; }

  async #do([who, verb, conn, ...rest], what) {
    const page = this.#pages[who];
    switch (page ? `page ${verb}` : `${who} ${verb ?? ''}`) {
      case 'page connect': {
        const ignored = [...what.matchAll(/ by (\S+)/g)].map(([, version]) => version);
        return page.do('connect', conn, ignored.length > 0 ? '' : rest[0] ?? '', ignored);
      }
      case 'page post': return page.do('post', conn, `m${this.#number(`page ${conn}`)}`);
      case 'page close': return page.do('close', conn);
      case 'page leave': return page.leave();
      case 'worker accept': case 'worker reject': case 'worker close':
        return this.#service.do('tell', this.#asked[conn], verb, conn);
      case 'worker post': return this.#service.do('tell', this.#asked[conn], 'post', conn, `m${this.#number(`worker ${conn}`)}`);
      case 'service register': case 'service update':
        return this.#service.do('register', `v${++this.#versions}`, '', conn === 'fails');
      case 'service skip-waiting': return this.#service.do('tell', `v${this.#versions}`, 'skip');
      case 'service unregister': return this.#service.do('unregister');
      case 'client open': case 'client close': return this.#service.do(what);
      case 'worker hang': case 'browser give-up': case 'end ': return; // that happens by itself
    }
    assert_equals(who, 'register', `what is to be done: ${what}`);
    return this.#service.do('register', verb, verb, false);
  }

  // list returns the connections that a page or the worker finds that it has.
  async list(party) {
    if (party !== 'worker') return this.#pages[party]?.do('list') ?? [];
    return this.#service.do('tell', `v${this.#versions}`, 'list');
  }
}
