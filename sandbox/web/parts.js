// What the page is made of: elements, icons, short notices, questions, and the way to the server.

const ICONS = {
  send: "M3.4 20.4 21 12 3.4 3.6 3 10l12 2-12 2z",
  bell: "M6 17h12M7.5 17v-6a4.5 4.5 0 0 1 7-3.7M16.5 11v6M10.5 20h3M4 4l16 16",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  place: "M12 21s6-5.7 6-11a6 6 0 1 0-12 0c0 5.3 6 11 6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  voice: "M8 5v14l11-7z",
  link: "M8 16 16 8M9 8h7v7",
  down: "M6 10l6 6 6-6",
};
const FILLED = new Set(["send", "voice"]);

export const byId = (id) => document.getElementById(id);

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", FILLED.has(name) ? "icon filled" : "icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (answer.ok) return true;
    // A step that failed is told to everyone who watches, in the clock bar.
    if (path !== "/clock" || answer.status !== 500) toast((await answer.json()).error || "That did not work.");
  } catch {
    toast("The demo does not answer. Is it still running?");
  }
  return false;
}

export const act = (chat, kind, more = {}) => post("/act", { person: chat.id, kind, ...more });


export function toast(text, where = byId("toasts")) {
  const node = element("div", { class: "toast" }, text);
  where.append(node);
  setTimeout(() => node.remove(), Math.max(4000, text.length * 70));
}

export function ask(title, text, choices) {
  const dialog = byId("dialog");
  if (dialog.open) dialog.close();
  byId("dialog-title").textContent = title;
  byId("dialog-text").textContent = text;
  byId("dialog-text").hidden = !text;
  byId("dialog-choices").replaceChildren(...choices.map(({ label, detail, run }) => {
    const node = element("button", { type: "button" }, element("span", {}, label), detail ? element("small", {}, detail) : null);
    node.addEventListener("click", () => {
      dialog.close();
      run();
    });
    return node;
  }));
  dialog.showModal();
}

byId("dialog").addEventListener("click", (event) => {
  if (event.target === byId("dialog")) byId("dialog").close();
});
