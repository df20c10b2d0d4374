#!/usr/bin/env python3
"""Generated crates beside those of two other generators: what `cargo check` takes, and how long generation takes.

    tests/peers/compare.py --set DIR check [SPEC...]      # default: github-rest-api openai oxide-nexus
    tests/peers/compare.py --set DIR generate [SPEC...]   # default: every description of the set

`check` generates a crate with each, builds the dependencies once, and then checks the crate alone, one generator after
the other and all of it again (`--rounds`): user + system CPU seconds of the compiler, its peak memory, lines of Rust,
lines per operation. The smallest of the rounds counts. Nothing is taken over from an earlier check (no incremental
compilation): that is what a user waits for who builds the crate for the first time, or as a dependency. `generate`
compares the whole time of generation over those descriptions that openapi-to-rust can read.

The set is a folder of descriptions with an INDEX.tsv, as `cargo corpus` takes it. The peers are installed by cargo under
`target/peers/tools`, pinned; nothing is installed elsewhere. Needs Linux, Python 3.9 and nothing besides.
"""

import argparse
import csv
import gzip
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import typing

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "peers"
PINNED = {"openapi-to-rust": "0.23.0", "ploidy": "0.15.0"}
DEFAULT = ["github-rest-api", "openai", "oxide-nexus"]


def tool(name: str, given: str | None) -> pathlib.Path:
    """The program of a peer: as given, else installed."""
    root = pathlib.Path(given) if given else WORK / "tools"
    path = root / "bin" / name
    if not path.exists():
        subprocess.run(["cargo", "install", "--locked", "--root", root, name, "--version", PINNED[name]], check=True)
    return path


def own() -> pathlib.Path:
    subprocess.run(["cargo", "build", "--release", "-p", "clientsmith"], cwd=ROOT, check=True)
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "clientsmith"


def index(folder: pathlib.Path) -> dict[str, tuple[pathlib.Path, int]]:
    """Descriptions by name, with the number of their operations where the index tells it."""
    with open(folder / "INDEX.tsv", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    out = {}
    for row in rows:
        name = row["file"]
        for ending in (".gz", ".json", ".yaml", ".yml"):
            name = name.removesuffix(ending)
        operations = next((row[key] for key in row if key and key.startswith("operation")), None)
        out[name] = (folder / row["file"], int(operations) if (operations or "").isdigit() else 0)
    return out


def unpacked(path: pathlib.Path) -> pathlib.Path:
    """The peers do not read gzip."""
    if path.suffix != ".gz":
        return path
    plain = WORK / "specs" / path.stem
    if not plain.exists():
        plain.parent.mkdir(parents=True, exist_ok=True)
        plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


class Used(typing.NamedTuple):
    """What a command took, with all that it started."""

    good: bool
    cpu: float  # seconds, user and system
    clock: float  # seconds
    peak: float  # MiB
    said: str


def run(command: list, cwd: pathlib.Path | None = None, limit: int = 1800) -> Used:
    # A process between, so that the numbers are those of this command alone.
    code = (
        "import resource,subprocess,sys,time;t=time.monotonic();"
        "r=subprocess.run(sys.argv[1:],stdin=subprocess.DEVNULL).returncode;t=time.monotonic()-t;"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print('USED',u.ru_utime+u.ru_stime,t,u.ru_maxrss/1024,flush=True);sys.exit(r!=0)"
    )
    command = [sys.executable, "-c", code, *map(str, command)]
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return Used(False, float(limit), float(limit), 0.0, "timeout")
    used = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("USED ")]
    cpu, clock, peak = map(float, used[-1]) if used else (0.0, 0.0, 0.0)
    return Used(done.returncode == 0, cpu, clock, peak, done.stderr[-2000:])


class Clientsmith:
    name = "clientsmith"

    def __init__(self, arguments):
        self.program = arguments.clientsmith or own()

    def command(self, spec, out):
        return [self.program, "generate", spec, "--out", out, "--name", "peer", "--limit", "1"]

    def finish(self, out):
        pass


class OpenapiToRust:
    name = "openapi-to-rust"

    def __init__(self, arguments):
        self.program = tool(self.name, arguments.tools)

    def command(self, spec, out):
        return [self.program, "generate", spec, "--output-dir", out / "src" / "client", "--module-name", "client"]

    def finish(self, out):
        """It writes modules and names the dependencies; a crate has a manifest and a root as well."""
        needs = (out / "src" / "client" / "REQUIRED_DEPS.toml").read_text()
        (out / "Cargo.toml").write_text(f'[package]\nname = "peer"\nversion = "0.1.0"\nedition = "2024"\n\n[workspace]\n\n{needs}')
        (out / "src" / "lib.rs").write_text("pub mod client;\n")


class Ploidy:
    name = "ploidy"

    def __init__(self, arguments):
        self.program = tool(self.name, arguments.tools)

    def command(self, spec, out):
        return [self.program, "generate", "rust", spec, "--output", out, "--name", "peer"]

    def finish(self, out):
        manifest = out / "Cargo.toml"
        if "[workspace]" not in manifest.read_text():
            manifest.write_text(manifest.read_text() + "\n[workspace]\n")


def lines(out: pathlib.Path) -> int:
    """Lines of Rust that depend on the description: a runtime that travels along is the same for every crate."""
    files = [path for path in (out / "src").rglob("*.rs") if "runtime" not in path.relative_to(out / "src").parts[:1]]
    return sum(len(path.read_text().splitlines()) for path in files)


def generate(peer, spec: pathlib.Path, out: pathlib.Path) -> Used:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    used = run(peer.command(spec, out), limit=600)
    if used.good:
        peer.finish(out)
    return used


def check(arguments, specs):
    peers = [kind(arguments) for kind in (Clientsmith, OpenapiToRust, Ploidy)]
    print("| description | generator | lines of Rust | per operation | CPU s | peak MiB |\n|---|---|--:|--:|--:|--:|")
    for name in arguments.specs or DEFAULT:
        path, operations = specs[name]
        crates = []
        for peer in peers:
            out = WORK / "crates" / name / peer.name
            made = generate(peer, unpacked(path), out)
            # Dependencies are built and shared; the first check is for them.
            target = WORK / "check" / peer.name
            ready = run(["cargo", "check", "--quiet", "--target-dir", target], out) if made.good else made
            if not ready.good:
                print(f"| {name} | {peer.name} | it fails: {ready.said.strip().splitlines()[-1:]} ||||")
                continue
            crates.append((peer, out, target))
        used = {peer.name: [] for peer, _, _ in crates}
        for _ in range(arguments.rounds):
            for peer, out, target in crates:
                os.utime(out / "src" / "lib.rs")
                again = run(["cargo", "check", "--quiet", "--target-dir", target], out)
                used[peer.name].append((again.cpu, again.peak))
        for peer, out, _ in crates:
            count = lines(out)
            each = f"{count / operations:.0f}" if operations else "?"
            seconds, peak = (min(column) for column in zip(*used[peer.name]))
            print(f"| {name} | {peer.name} | {count:,} | {each} | {seconds:.1f} | {peak:.0f} |", flush=True)


def times(arguments, specs):
    ours, other = Clientsmith(arguments), OpenapiToRust(arguments)
    cpu = {ours.name: 0.0, other.name: 0.0}
    clock = dict(cpu)
    count = 0
    # Each in a folder that is new: some file systems take long to make files where others were deleted lately.
    base = pathlib.Path(arguments.output or WORK)
    base.mkdir(parents=True, exist_ok=True)
    place = pathlib.Path(tempfile.mkdtemp(prefix="times-", dir=base))
    for name in arguments.specs or specs:
        spec = unpacked(specs[name][0])
        taken = {}
        for peer in (other, ours):
            used = generate(peer, spec, place / peer.name / name)
            if not used.good:
                break
            taken[peer.name] = used
        if len(taken) < 2:
            continue
        count += 1
        for key, used in taken.items():
            cpu[key] += used.cpu
            clock[key] += used.clock
    shutil.rmtree(place)
    print(f"{count} descriptions that {other.name} can read")
    for key in cpu:
        print(f"{key}: {cpu[key]:.1f} CPU s, {clock[key]:.1f} s")
    for unit, total in (("CPU time", cpu), ("time", clock)):
        print(f"{other.name} takes {total[other.name] / max(total[ours.name], 1e-9):.1f} times the {unit}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default=os.environ.get("CLIENTSMITH_CORPUS"), help="folder of descriptions")
    parser.add_argument("--tools", help="where the peers are installed already (`cargo install --root`)")
    parser.add_argument("--clientsmith", help="a release build of the command, else it is built")
    parser.add_argument("--output", help="where `generate` lets them write, such as a folder in memory")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("what", choices=["check", "generate"])
    parser.add_argument("specs", nargs="*")
    arguments = parser.parse_args()
    if not arguments.set:
        parser.error("name a folder of descriptions: --set or CLIENTSMITH_CORPUS")
    specs = index(pathlib.Path(arguments.set))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["CARGO_INCREMENTAL"] = "0"
    (check if arguments.what == "check" else times)(arguments, specs)


if __name__ == "__main__":
    main()
