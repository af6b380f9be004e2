// Two tones, made here: falling for a call, rising for a recall. Source: SCREENS 1.4: 0.8 to 1.2 s
// in all; SCREENS 7.10: unlike fire and public address tones.

const TONE_S = 0.5;
// In hertz.
const CALL = [659.25, 523.25];
const RECALL = [523.25, 783.99];

function tone(context, hertz, at) {
  const swing = context.createOscillator();
  const level = context.createGain();
  swing.frequency.value = hertz;
  level.gain.setValueAtTime(0.0001, at);
  level.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
  level.gain.exponentialRampToValueAtTime(0.0001, at + TONE_S);
  swing.connect(level).connect(context.destination);
  swing.start(at);
  swing.stop(at + TONE_S);
  return swing;
}

// Sets the tones at a moment of the context's clock, adds them to what is playing; returns their end.
export function chime(context, at, recall, playing) {
  (recall ? RECALL : CALL).forEach(function (hertz, index) {
    playing.push(tone(context, hertz, at + index * TONE_S));
  });
  return at + 2 * TONE_S;
}
