"use strict";

// The pages answer by the program in program.js, which is package views compiled for WebAssembly. This script only starts
// it, hands it the state that stands in the address, and puts what it returns in its places. It makes no words of its own
// but those about what went wrong before the program could speak.

(() => {
  const page = document.body.dataset.page;
  if (!page) return;
  const place = (id) => document.getElementById(id);
  const decode = (text) => text.replace(/%20/g, "+"); // as some programs write blanks into addresses
  let shown = null; // the focus of the view that is shown
  let stands = ""; // the state of that view
  let pointed = null; // the link that was pointed at last, and the change that it leads to
  let resting = 0, working = 0; // the timers of rest and of ahead
  const held = {}; // by place: the markup in it, if this script put it there

  function wrong(text) {
    place("wrong").textContent = text;
    place("wrong").hidden = !text;
  }

  // put makes a place hold some markup, and keeps the focus on the control that had it, and what was unfolded.
  function put(id, markup) {
    const there = place(id);
    if (!there || held[id] === markup) return;
    held[id] = markup;
    const focused = document.activeElement && there.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...there.querySelectorAll("details[open][id]")].map((d) => d.id);
    const wanted = document.createElement("template");
    wanted.innerHTML = markup;
    adapt(there, wanted.content);
    for (const name of open) if (place(name)) place(name).open = true;
    if (focused && place(focused) && place(focused) !== document.activeElement) place(focused).focus({ preventScroll: true });
  }

  // adapt makes what is in a place like what is wanted. What is alike stays, so that the browser lays out anew only what is not.
  function adapt(there, wanted) {
    const old = [...there.childNodes];
    const nodes = [...wanted.childNodes];
    for (const [i, node] of nodes.entries()) {
      if (i >= old.length) there.append(node);
      else if (old[i].nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) {
        if (old[i].data !== node.data) old[i].data = node.data;
      } else if (!alike(old[i], node)) old[i].replaceWith(node);
      else {
        for (const { name, value } of node.attributes) if (old[i].getAttribute(name) !== value) old[i].setAttribute(name, value);
        adapt(old[i], node);
      }
    }
    for (const node of old.slice(nodes.length)) node.remove();
  }

  // alike tells whether two nodes are elements that differ in the values of attributes and in what is in them alone. A picture is
  // like none, as one that was scrolled would show another part of the next.
  function alike(a, b) {
    return a.nodeType === Node.ELEMENT_NODE && a.nodeName === b.nodeName && a.id === b.id && a.className !== "picture" &&
      a.getAttributeNames().join() === b.getAttributeNames().join();
  }

  // state returns the state in the address. Links lead to changes of the state that is shown; the address gets what comes of
  // them.
  function state() {
    const text = decode(location.hash.slice(1));
    const asked = cosw.after(stands, text);
    if (asked !== text) history.replaceState(null, "", "#" + asked);
    return asked;
  }

  function show() {
    clearTimeout(working);
    const asked = state();
    const view = cosw.show(page, asked);
    wrong(view.wrong);
    if (view.wrong) return;
    unpoint();
    stands = asked;
    document.body.classList.add("live");
    for (const [id, markup] of Object.entries(view.parts)) put(id, markup);
    place("said").textContent = view.said;
    if (shown !== null && view.focus && view.focus !== shown) look(view.focus);
    shown = view.focus;
    document.body.dataset.ready = asked;
    rest(400);
  }

  // point makes a link that is pointed at, or has the focus, lead to the whole state that comes of its change, so that it can be
  // copied, and opened elsewhere. Who stays with it for a moment will follow it: the program has the answer by then.
  function point(event) {
    const link = event.target.closest("a[href^='#+'], a[href^='#v']");
    if (!link) return;
    unpoint();
    const change = link.getAttribute("href");
    const to = cosw.after(stands, decode(change.slice(1)));
    pointed = { link, change };
    link.setAttribute("href", "#" + to);
    clearTimeout(working);
    working = setTimeout(() => cosw.ahead(page, to), 30);
  }

  function unpoint() {
    if (pointed) pointed.link.setAttribute("href", pointed.change);
    pointed = null;
  }

  // rest lets the program do what it has to do when nobody waits for it, soon after the last answer.
  function rest(wait) {
    clearTimeout(resting);
    resting = setTimeout(() => { if (cosw.rest()) rest(20); }, wait);
  }

  // look brings what was asked for into sight, and moves the focus there.
  function look(focus) {
    const heading = place(focus.split(" ")[0] + "-heading");
    if (!heading) return;
    heading.focus({ preventScroll: true });
    const at = heading.getBoundingClientRect();
    if (at.top < 0 || at.bottom > innerHeight) heading.scrollIntoView({ block: "start" });
  }

  // Switches answer to the space bar, as switches do, and links already to Enter.
  document.addEventListener("keydown", (event) => {
    const control = event.target.closest("[role=switch], [role=radio]");
    if (event.key === " " && control) {
      event.preventDefault();
      control.click();
    }
  });

  // A trace of the corpus, or one from a file, is a state that the program has to work out.
  function open(name, text) {
    const answer = cosw.open(name, text);
    wrong(answer.wrong || "");
    if (answer.state) location.hash = answer.state;
  }

  document.addEventListener("change", async (event) => {
    if (event.target.id !== "open-file" || !event.target.files.length) return;
    const file = event.target.files[0];
    open(file.name, await file.slice(0, 1 << 21).text());
    event.target.value = "";
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#save-file")) return;
    const address = URL.createObjectURL(new Blob([place("trace-text").value], { type: "text/plain" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: "history.trace" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address));
  });

  // What is packed as text works from a folder on disk as well, where pages may load scripts and nothing else.
  async function unpack(text) {
    const letters = atob(text);
    const packed = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) packed[i] = letters.charCodeAt(i);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  async function start() {
    if (innerWidth < 1120) for (const folded of document.querySelectorAll(".narrow-closed")) folded.open = false;
    const go = new Go();
    const [program, data] = await Promise.all([unpack(coswProgram), unpack(coswData)]);
    const { instance } = await WebAssembly.instantiate(program, go.importObject);
    go.run(instance);
    const failed = cosw.load(data);
    if (failed) throw new Error(failed);
    addEventListener("hashchange", show);
    for (const way of ["pointerover", "pointerdown", "focusin", "contextmenu"]) document.addEventListener(way, point);
    show();
  }

  start().catch((error) => wrong("The program of this page cannot be started, so that nothing can be changed here: " + error.message));
})();
