// Draws messages. Everything a message says is put in as text nodes, never as HTML.

import { element, icon } from "/parts.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", mention: "span", text_mention: "span",
};

// `acts` is what a tap leads to: {tap(message, button, node), link(url), command(text)}.
export function drawMessage(message, acts) {
  const bubble = element("div", { class: "bubble" });
  if (message.forwarded_from) {
    bubble.append(element("div", { class: "aside" }, `Forwarded from ${message.forwarded_from}`));
  }
  if (message.reply_to) bubble.append(element("div", { class: "quote" }, message.reply_to));
  if (message.photo) bubble.append(drawPhoto(message));
  if (message.document) bubble.append(drawDocument(message.document));
  if (message.location) bubble.append(drawLocation(message.location));
  if (message.voice_seconds != null) {
    bubble.append(element("div", { class: "card" }, icon("voice"), `Voice message, ${message.voice_seconds} s`));
  }
  if (message.sticker) bubble.append(element("div", { class: "sticker" }, message.sticker));
  if (message.text) {
    const words = element("div", { class: "words", dir: "auto" });
    drawText(words, message.text, 0, message.text.length, message.entities, acts);
    bubble.append(words);
  }
  bubble.append(drawMeta(message));
  const kinds = ["message", message.own ? "own" : "bot", message.photo ? "with-photo" : "", message.rows.length ? "with-buttons" : ""];
  const node = element("article", { class: kinds.join(" "), tabindex: "-1", "data-id": message.id }, bubble);
  node.setAttribute("aria-label", `${message.own ? "You" : "Bot"}, ${message.time}`);
  if (message.rows.length) node.append(drawButtons(message, acts));
  return node;
}

function drawPhoto(message) {
  const { url, width, height, name } = message.photo;
  const about = message.text ? `Picture: ${message.text.slice(0, 80)}` : `Picture ${name}`;
  const picture = element("img", { src: url, alt: about, width: width || null, height: height || null });
  return element("a", { class: "photo", href: url, target: "_blank", rel: "noopener noreferrer" }, picture);
}

function drawDocument({ url, name, size }) {
  return element(
    "a", { class: "card file", href: url, download: name },
    element("span", { class: "disc" }, icon("file")),
    element("span", { class: "file-text" }, element("span", { class: "file-name" }, name), element("span", { class: "file-size" }, size)),
  );
}

function drawLocation({ latitude, longitude }) {
  const where = `${latitude.toFixed(2)}, ${longitude.toFixed(2)}`;
  return element("div", { class: "card" }, element("span", { class: "disc" }, icon("place")), `Location ${where}`);
}

function drawMeta(message) {
  const meta = element("div", { class: "meta" });
  if (message.edited) meta.append(element("span", {}, "edited"));
  if (message.silent) {
    meta.append(element("span", { class: "silent", role: "img", "aria-label": "sent without sound", title: "Sent without sound" }, icon("bell")));
  }
  meta.append(element("time", { datetime: message.at }, message.time));
  return meta;
}

function drawButtons(message, acts) {
  const rows = element("div", { class: "rows" });
  for (const row of message.rows) {
    const line = element("div", { class: "row" });
    for (const button of row) {
      const node = element("button", { type: "button", class: "inline" }, element("span", {}, button.label));
      if (button.url) node.append(icon("link"));
      node.addEventListener("click", () => (button.url ? acts.link(button.url) : acts.tap(message, button, node)));
      line.append(node);
    }
    rows.append(line);
  }
  return rows;
}

// Entities nest; offsets count UTF-16 units, as JavaScript strings do.
function drawText(parent, text, start, end, entities, acts) {
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < to) next += 1;
    if (to > from) {
      parent.append(text.slice(at, from));
      const node = drawEntity(entity, text.slice(from, to), acts);
      drawText(node, text, from, to, entities.slice(index + 1, next), acts);
      parent.append(node);
      at = to;
    }
    index = next;
  }
  parent.append(text.slice(at, end));
}

function drawEntity(entity, covered, acts) {
  switch (entity.type) {
    case "text_link":
    case "url": {
      const url = entity.url || (covered.includes("://") ? covered : `https://${covered}`);
      const node = element("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
      node.addEventListener("click", (event) => {
        event.preventDefault();
        acts.link(url);
      });
      return node;
    }
    case "bot_command":
      return element("button", { type: "button", class: "command", onclick: () => acts.command(covered) });
    case "spoiler": {
      const node = element("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text: show" });
      const show = () => {
        node.classList.add("shown");
        for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
      };
      node.addEventListener("click", show);
      node.addEventListener("keydown", (event) => event.key === "Enter" && show());
      return node;
    }
    default:
      return element(TAGS[entity.type] || "span", { class: entity.type.endsWith("mention") ? "mention" : null });
  }
}
