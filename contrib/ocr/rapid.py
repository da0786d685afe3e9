#!/usr/bin/env python3
"""Reads the picture of a page with RapidOCR: one JSON line a text, with its box in dots and its score.

    pip install rapidocr onnxruntime

and in the pipeline

    ocr = ["python3", "/path/to/rapid.py", "{page.png}"]
"""

import json
import logging
import sys

logging.disable(logging.WARNING)

from rapidocr import RapidOCR  # noqa: E402


def main(picture: str) -> None:
    # Texts are not turned one by one: a page that stands on its head is handed over again the other way up.
    found = RapidOCR(params={"Global.log_level": "error"})(picture, use_cls=False)
    texts = found.txts if found.txts is not None else ()
    boxes = found.boxes if found.boxes is not None else ()
    scores = found.scores if found.scores is not None else ()
    for box, text, score in zip(boxes, texts, scores):
        corners = [[float(x), float(y)] for x, y in box]
        line = {"text": text, "box": corners, "score": min(max(float(score), 0.0), 1.0)}
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
