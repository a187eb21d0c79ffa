/* A figure as a file of its own: SVG with its colours written in, PNG drawn with the page's own typeface. */
(function (rakurs) {
  "use strict";
  const SCALE = 2;
  const MARGIN = 16;
  const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-size", "font-weight", "text-anchor", "letter-spacing", "paint-order", "stroke-linejoin"];
  const SHAPES = "rect, path, circle, text";

  const sizeOf = (svg) => svg.getAttribute("viewBox").split(" ").map(Number);
  const paper = () => getComputedStyle(document.body).backgroundColor;

  /* Words in lines as wide as the figure; letters of this typeface are about half as wide as they are high. */
  function lines(text, width, size) {
    const most = Math.floor(width / (size * 0.5));
    return text.split(/\s+/).filter(Boolean).reduce((found, word) => {
      const last = found.at(-1);
      if (last !== undefined && last.length + word.length < most) found[found.length - 1] = `${last} ${word}`;
      else found.push(word);
      return found;
    }, []);
  }

  /* The figure with its title above and where it is from below: the room that this takes, and the words in it. */
  function framed(svg, { title = "", source = [] } = {}) {
    const [x, y, width, height] = sizeOf(svg);
    const head = lines(title, width, 17);
    const foot = source.flatMap((line) => lines(line, width, 12));
    const top = head.length ? head.length * 22 + 8 : 0;
    const bottom = foot.length ? foot.length * 17 + 8 : 0;
    const style = getComputedStyle(document.documentElement);
    const [ink, soft] = ["--ink", "--soft"].map((name) => style.getPropertyValue(name).trim());
    const words = [
      ...head.map((text, place) => ({ text, x, y: y - top + 14 + place * 22, size: 17, weight: 600, colour: ink })),
      ...foot.map((text, place) => ({ text, x, y: y + height + 20 + place * 17, size: 12, weight: 400, colour: soft })),
    ];
    return { x: x - MARGIN, y: y - MARGIN - top, width: width + 2 * MARGIN, height: height + 2 * MARGIN + top + bottom, words };
  }

  rakurs.asSvg = function (svg, told) {
    const { x, y, width, height, words } = framed(svg, told);
    const copy = svg.cloneNode(true);
    const shapes = copy.querySelectorAll(SHAPES);
    svg.querySelectorAll(SHAPES).forEach((each, place) => {
      const look = getComputedStyle(each);
      for (const name of KEPT) if (look[name] && !(/^(font|text|letter)/.test(name) && each.tagName !== "text")) shapes[place].setAttribute(name, look[name].replace(/^url\("?[^#]*#(\w+)"?\)$/, "url(#$1)"));
      shapes[place].removeAttribute("class");
    });
    for (const each of copy.querySelectorAll("*")) for (const name of ["role", "tabindex", "data-code", "data-segment", "aria-label", "class"]) each.removeAttribute(name);
    for (const unseen of copy.querySelectorAll('[fill="rgba(0, 0, 0, 0)"]:not([stroke]), [fill="transparent"]')) unseen.remove();
    const patterns = document.querySelector(".patterns defs").cloneNode(true);
    const drawn = document.querySelectorAll(".patterns path");
    patterns.querySelectorAll("path").forEach((each, place) => {
      const look = getComputedStyle(drawn[place]);
      for (const name of ["stroke", "stroke-width", "opacity"]) each.setAttribute(name, look[name]);
    });
    const ground = document.createElementNS(svg.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height, fill: paper() })) ground.setAttribute(name, value);
    copy.prepend(patterns, ground);
    for (const each of words) {
      const text = document.createElementNS(svg.namespaceURI, "text");
      for (const [name, value] of Object.entries({ x: each.x, y: each.y, "font-size": each.size, "font-weight": each.weight, fill: each.colour })) text.setAttribute(name, value);
      text.textContent = each.text;
      copy.append(text);
    }
    copy.removeAttribute("class");
    copy.setAttribute("xmlns", svg.namespaceURI);
    copy.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.setAttribute("font-family", "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Roboto, Arial, sans-serif");
    return new XMLSerializer().serializeToString(copy);
  };

  /* Lines in a small square, repeated: what a pattern of the page looks like. */
  function pattern(brush, name) {
    const from = document.querySelector(`.patterns #${name}`);
    const size = Number(from.getAttribute("width"));
    const look = getComputedStyle(from.firstElementChild);
    const square = document.createElement("canvas");
    square.width = square.height = size * SCALE;
    const inside = square.getContext("2d");
    inside.scale(SCALE, SCALE);
    inside.strokeStyle = look.stroke;
    inside.globalAlpha = Number(look.opacity);
    inside.lineWidth = parseFloat(look.strokeWidth);
    inside.stroke(new Path2D(from.firstElementChild.getAttribute("d")));
    const made = brush.createPattern(square, "repeat");
    const turned = Number(/rotate\((-?\d+)\)/.exec(from.getAttribute("patternTransform"))[1]);
    made.setTransform(new DOMMatrix().rotate(turned).scale(1 / SCALE));
    return made;
  }

  function shapeOf(element) {
    const value = (name) => Number(element.getAttribute(name));
    const path = new Path2D(element.tagName === "path" ? element.getAttribute("d") : undefined);
    if (element.tagName === "rect") path.rect(value("x"), value("y"), value("width"), value("height"));
    if (element.tagName === "circle") path.arc(value("cx"), value("cy"), value("r"), 0, 7);
    return path;
  }

  function drawOne(brush, element) {
    const look = getComputedStyle(element);
    brush.globalAlpha = Number(look.opacity);
    if (element.tagName === "text") {
      brush.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
      brush.fillStyle = look.fill;
      brush.textAlign = { middle: "center", end: "right" }[look.textAnchor] || "left";
      if (look.stroke !== "none") {
        brush.strokeStyle = look.stroke;
        brush.lineWidth = parseFloat(look.strokeWidth);
        brush.lineJoin = look.strokeLinejoin;
        brush.setLineDash([]);
        brush.strokeText(element.textContent, Number(element.getAttribute("x")), Number(element.getAttribute("y")));
      }
      brush.letterSpacing = look.letterSpacing === "normal" ? "0px" : look.letterSpacing;
      brush.fillText(element.textContent, Number(element.getAttribute("x")), Number(element.getAttribute("y")));
      return;
    }
    const shape = shapeOf(element);
    const filled = /#(\w+)/.exec(look.fill);
    if (look.fill !== "none") {
      brush.fillStyle = filled ? pattern(brush, filled[1]) : look.fill;
      brush.fill(shape);
    }
    if (look.stroke !== "none") {
      brush.strokeStyle = look.stroke;
      brush.lineWidth = parseFloat(look.strokeWidth);
      brush.lineCap = look.strokeLinecap;
      brush.setLineDash(look.strokeDasharray === "none" ? [] : look.strokeDasharray.split(/[ ,]+/).map(parseFloat));
      brush.stroke(shape);
    }
  }

  rakurs.asPng = function (svg, told) {
    const { x, y, width, height, words } = framed(svg, told);
    const sheet = document.createElement("canvas");
    sheet.width = width * SCALE;
    sheet.height = height * SCALE;
    const brush = sheet.getContext("2d");
    brush.fillStyle = paper();
    brush.fillRect(0, 0, sheet.width, sheet.height);
    brush.scale(SCALE, SCALE);
    brush.translate(-x, -y);
    for (const each of svg.querySelectorAll(SHAPES)) drawOne(brush, each);
    brush.globalAlpha = 1;
    brush.textAlign = "left";
    brush.letterSpacing = "0px";
    for (const each of words) {
      brush.font = `${each.weight} ${each.size}px ${getComputedStyle(document.body).fontFamily}`;
      brush.fillStyle = each.colour;
      brush.fillText(each.text, each.x, each.y);
    }
    return new Promise((resolve) => sheet.toBlob(resolve, "image/png"));
  };
})(globalThis.rakurs = globalThis.rakurs || {});
