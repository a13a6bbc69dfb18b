// Reading a QR code with the tablet's camera, where its browser can; a reader that types works everywhere.
import { h } from "../dom";
import { t } from "./texts";

const LOOK_EVERY = 250;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

type Detectors = { BarcodeDetector?: new (options: { formats: string[] }) => Detector };

/** Return a button that reads codes until `stop`, or null where the browser cannot. */
export function cameraButton(read: (text: string) => void): { element: HTMLElement; stop(): void } | null {
  const { BarcodeDetector } = window as Detectors;
  if (!BarcodeDetector || !navigator.mediaDevices?.getUserMedia) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const video = h("video", { class: "check-in__camera", playsinline: true, hidden: true });
  video.muted = true;
  let stream: MediaStream | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;

  const stop = () => {
    clearInterval(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = true;
  };
  const look = async () => {
    const [code] = await detector.detect(video).catch(() => []);
    if (!code || !stream) return;
    stop();
    read(code.rawValue);
  };
  const start = async () => {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return; // no camera, or not allowed: the field is there
    }
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    timer = setInterval(() => void look(), LOOK_EVERY);
  };
  const button = h("button", { type: "button", class: "button", click: () => void start() }, t("camera"));
  return { element: h("div", { class: "stack" }, button, video), stop };
}
