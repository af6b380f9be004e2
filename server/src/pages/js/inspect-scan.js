// Reads the code at a window with the camera, where the browser can; everyone else has the list.

const button = document.getElementById("scan");
const video = document.getElementById("camera");
const place = document.getElementById("place");
const can = "BarcodeDetector" in window && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;

// The code holds the address of this page with its window.
function windowIn(text) {
  try {
    const address = new URL(text, location.href);
    const own = address.pathname.startsWith(location.pathname.replace(/\/$/, ""));
    return own ? address.searchParams.get("window") : null;
  } catch (failure) {
    return null;
  }
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
  video.hidden = true;
  button.textContent = "扫窗口码";
}

async function look(stream, detector) {
  if (video.hidden) return stop(stream);
  const found = await detector.detect(video).catch(() => []);
  for (const code of found) {
    const window = windowIn(code.rawValue);
    const option = window && [...place.options].find((one) => one.value === `window:${window}`);
    if (!option) continue;
    place.value = option.value;
    place.dispatchEvent(new Event("change", { bubbles: true }));
    return stop(stream);
  }
  requestAnimationFrame(() => look(stream, detector));
}

async function start() {
  if (!video.hidden) return void (video.hidden = true);
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
  if (!stream) return void (button.textContent = "相机不可用,请从列表选择");
  video.srcObject = stream;
  video.hidden = false;
  button.textContent = "停止扫码";
  await video.play();
  look(stream, new BarcodeDetector({ formats: ["qr_code"] }));
}

if (can) {
  button.hidden = false;
  button.addEventListener("click", start);
}
