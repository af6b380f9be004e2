// The chime, made here, and the clips of the voice pack; silent until the browser allows sound.

const Context = window.AudioContext || window.webkitAudioContext;
const context = Context ? new Context() : null;
const clips = {};

// Source: SCREENS 1.4: a chime of 0.8 to 1.2 s, 0.3 s of silence; ECO 11: 60 ms between clips.
const TONE_S = 0.5;
const PAUSE_S = 0.3;
const GAP_S = 0.06;
// Two tones, in hertz: falling for a call, rising for a recall.
const CALL = [659.25, 523.25];
const RECALL = [523.25, 783.99];

export function isSilent() {
  return !context || context.state !== "running";
}

// Asks the browser for sound again, after a touch.
export function wake() { if (context && isSilent()) { context.resume(); } }

export function load(names) {
  names.forEach(async function (name) {
    const answer = await fetch("/voice/" + name + ".wav").catch(function () { return null; });
    if (!context || !answer || !answer.ok) { return; }
    context.decodeAudioData(await answer.arrayBuffer(), function (clip) { clips[name] = clip; });
  });
}

function tone(hertz, at) {
  const swing = context.createOscillator();
  const level = context.createGain();
  swing.frequency.value = hertz;
  level.gain.setValueAtTime(0.0001, at);
  level.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
  level.gain.exponentialRampToValueAtTime(0.0001, at + TONE_S);
  swing.connect(level).connect(context.destination);
  swing.start(at);
  swing.stop(at + TONE_S);
}

// Starts chime and words; says how long they take. A word without a clip leaves the chime alone.
export function play(words, recall) {
  if (isSilent()) { return 0; }
  let at = context.currentTime + 0.02;
  (recall ? RECALL : CALL).forEach(function (hertz) { tone(hertz, at); at += TONE_S; });
  if (words.every(function (word) { return clips[word]; })) {
    at += PAUSE_S;
    words.forEach(function (word) {
      const voice = context.createBufferSource();
      voice.buffer = clips[word];
      voice.connect(context.destination);
      voice.start(at);
      at += clips[word].duration + GAP_S;
    });
  }
  return at - context.currentTime;
}
