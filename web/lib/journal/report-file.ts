/** The PDF report as a file in the downloads; fetched when somebody asks for one. */
import { saveFile } from '../state/save-file.ts';
import { timeText } from '../words/times.ts';
import { spoken } from '../words/language.ts';
import type { PaperAsk } from './report-paper.ts';
import { paperPdf } from './pdf-paper.ts';
import { devicePen } from './pdf-pen.ts';

/** Throws what the browser says when it cannot, for `fileFailure`. */
export async function saveReport(ask: PaperAsk): Promise<void> {
  const bytes = await paperPdf(ask, { language: spoken?.code ?? 'en', deflate, pen: devicePen() });
  const day = timeText(ask.madeMs, ask.times, { dateOnly: true });
  saveFile(new Blob([bytes], { type: 'application/pdf' }), `offing-report-${day}.pdf`);
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream();
  const packed = stream.pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
