// The line of a party to the lab. What the party does and sees goes up, numbered and in order; what it is to do comes down.
// That it breaks off tells the lab that the party has ended, whatever ended it.
function openChannel(base, party, commands) {
  const address = new URL('channel?' + new URLSearchParams(party), base);
  address.protocol = 'ws:';
  const socket = new WebSocket(address);
  const early = [];
  const send = message => {
    const text = JSON.stringify(message);
    if (socket.readyState === WebSocket.OPEN) socket.send(text); else early.push(text);
  };
  socket.onopen = () => early.splice(0).forEach(text => socket.send(text));
  socket.onmessage = async event => {
    const command = JSON.parse(event.data);
    try {
      await commands[command.do](command);
      send({done: command.id});
    } catch (error) {
      send({done: command.id, error: String(error)});
    }
  };
  const now = () => performance.timeOrigin + performance.now();
  let count = 0;
  return {
    // log says what the party itself does or sees.
    log: (op, fields) => send({line: {t: now(), q: ++count, actor: party.name, op, ...fields}}),
    // tell says what the browser does, as far as the party sees it.
    tell: (op, fields) => send({line: {t: now(), actor: 'browser', op, ...fields}}),
  };
}
