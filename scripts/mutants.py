#!/usr/bin/env python3
"""Damages files and lets the program read them: no panic, no abort, no endless run.

  scripts/mutants.py PROGRAM FILE.. [--count 10000] [--seed 1] [--seconds 20]

Every mutant is written to a folder and read by `PROGRAM inspect`. Prints what ended by a signal, with another exit code
than 0 and 2, with the words of a panic, or after more than --seconds; exit 1 where anything did.
"""
import argparse, collections, pathlib, random, subprocess, sys, tempfile, time

def mutant(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice([1, 2, 4, 16, 64])):
        at = chance.randrange(len(out))
        kind = chance.randrange(6)
        if kind == 0:
            out[at] = chance.randrange(256)
        elif kind == 1:
            out[at:at + 4] = chance.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"9999"])
        elif kind == 2:
            del out[at:at + chance.randrange(1, 200)]
        elif kind == 3:
            piece = out[at:at + chance.randrange(1, 400)]
            out[at:at] = piece
        elif kind == 4:
            digits = [place for place in range(at, min(at + 2000, len(out))) if 48 <= out[place] <= 57]
            for place in digits[:chance.randrange(1, 8)]:
                out[place] = chance.randrange(48, 58)
        else:
            other = chance.randrange(len(out))
            length = chance.randrange(1, 64)
            out[at:at + length] = out[other:other + length]
        if not out:
            out = bytearray(data[:16])
    return bytes(out)

def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    ended = collections.Counter()
    slowest, bad = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.count):
            source = options.files[number % len(options.files)]
            path = pathlib.Path(folder) / f"m{source.suffix}"
            path.write_bytes(mutant(source.read_bytes(), chance))
            start = time.monotonic()
            try:
                done = subprocess.run([options.program, "inspect", path], capture_output=True, timeout=options.seconds)
                code, said = done.returncode, done.stderr
            except subprocess.TimeoutExpired:
                code, said = "too long", b""
            slowest = max(slowest, time.monotonic() - start)
            ended[code] += 1
            if code not in (0, 2) or b"panicked" in said:
                bad += 1
                kept = pathlib.Path(f"mutant-{options.seed}-{number}{source.suffix}")
                kept.write_bytes(path.read_bytes())
                print(f"{kept}: {code} {said[-200:]!r}")
    print(f"{options.count} mutants: {dict(ended)}, slowest {slowest:.1f} s")
    return 1 if bad else 0

if __name__ == "__main__":
    sys.exit(main())
