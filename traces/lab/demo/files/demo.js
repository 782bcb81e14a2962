// The page of the demo. All that it knows of the service is its address.
import {install} from '/.well-known/connect/connect.js';

const service = `http://svc.localhost:${location.port}`;
install({deadline: 4000});

const element = id => document.getElementById(id);
element('own').textContent = location.host;
element('other').textContent = new URL(service).host;

function log(text, bad) {
  const item = document.createElement('li');
  item.textContent = `${new Date().toLocaleTimeString()} ${text}`;
  item.classList.toggle('bad', Boolean(bad));
  element('log').append(item);
  item.scrollIntoView({block: 'nearest'});
}

let connection = null;

function show() {
  const up = connection?.state === 'open';
  element('like').disabled = element('close').disabled = !up;
  element('connect').disabled = up;
  element('state').textContent = up ? 'connected' : '';
  if (!up) element('likes').textContent = 'not connected';
}

async function connect(key) {
  const start = performance.now();
  log('The page calls navigator.connect().');
  try {
    const made = await navigator.connect(`${service}/service/`, {key});
    connection = made;
    log(`The worker has accepted, after ${Math.round(performance.now() - start)} ms.`);
    made.onmessage = ({data}) => {
      if (data.log) log(data.log);
      if ('likes' in data) element('likes').textContent = `${data.likes} likes`;
    };
    made.closed.then(() => {
      log('The connection has ended.', true);
      show();
    });
    made.postMessage('count');
  } catch (error) {
    log(`Refused after ${Math.round(performance.now() - start)} ms: ${error.name}. A page that is refused learns nothing else.`, true);
  }
  show();
}

element('connect').onclick = () => connect('key of this site');
element('refused').onclick = () => connect('wrong');
element('close').onclick = () => connection.close();
element('like').onclick = async () => {
  const start = performance.now();
  await connection.postMessage('like');
  log(`A like was handled, after ${Math.round(performance.now() - start)} ms.`);
};

// What happens to the service is done by a page of its own.
const control = document.createElement('iframe');
control.hidden = true;
control.src = `${service}/control.html`;
document.body.append(control);
const order = what => control.contentWindow.postMessage(what, service);
addEventListener('message', event => {
  if (event.source === control.contentWindow && event.origin === service) log(event.data);
});
element('offline').onchange = event => order(event.target.checked ? 'offline' : 'online');
element('stop').onclick = async () => {
  const answer = await fetch('/stop', {method: 'POST'});
  log(answer.ok ? 'The browser was told to stop the worker.' : `The worker was not stopped: ${await answer.text()}`, !answer.ok);
};
element('update').onclick = () => order('update');
element('unregister').onclick = () => order('unregister');
fetch('/stop').then(answer => { element('stop').disabled = !answer.ok; });
show();
