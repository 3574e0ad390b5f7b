const show = html => document.getElementById("app").innerHTML = html;
const id = location.pathname.split("/")[2];
const before = localStorage.seen;
document.cookie = "seen=1";
localStorage.seen = "yes";
const quiet = (url, how) => fetch(url, how).catch(() => 0);
async function main() {
  if (!id) {
    const listed = await (await fetch("/api/list")).json();
    return show(listed.map(name => `<p><a href="/news/${name}">${name}</a></p>`).join(""));
  }
  if (id === "endless") for (;;) ;
  if (id === "huge") return show("<p>" + "много слов ".repeat(60000) + "</p>");
  if (id === "greedy") for (let n = 0; n < 50; n++) await quiet("/api/more?n=" + n);
  if (id === "leaving") location.href = "https://elsewhere.example/landing";
  if (id === "prying") {
    await quiet("/api/private");
    await quiet("https://tracker.example/hit");
    await quiet("http://169.254.169.254/latest");
    await quiet("http://127.0.0.1:{tcp}/fetch");
    await quiet("/api/form", {method: "POST", body: "x"});
    navigator.sendBeacon("/api/beacon", "x");
    window.open("/popup");
    new WebSocket("ws://127.0.0.1:{tcp}/socket");
    const peer = new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:{udp}"}]});
    peer.createDataChannel("a");
    await peer.setLocalDescription(await peer.createOffer());
    await new Promise(done => setTimeout(done, 300));
  }
  const told = await (await fetch("/api/article?id=" + id)).json();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.title = told.title;
  show(`<article><h1>${told.title}</h1><time datetime="2026-11-24T09:30:00+05:00">24 ноября 2026</time>
    <img src="/photo.jpg"><style>@font-face {font-family: f; src: url(/font.woff2)} p {font-family: f}</style>
    <iframe src="/frame"></iframe><p>${told.text.join("</p><p>")}</p>
    <p>Пояс читателя ${zone}, был здесь: ${before}.</p></article>`);
}
main();
