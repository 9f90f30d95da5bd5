"""Compares a recording of the mixed work with lossless pictures taken meanwhile: DIR RECORDER "SECONDS…".

Prints "quality RECORDER SSIM-Y PSNR-Y words words-enlarged", means over the pictures, words in percent of those that the
reader finds in the lossless picture. A recording does not say when the picture was taken to the frame, so the likest
frame within two seconds counts. A recorder's own matrix is used to bring the lossless picture to luma.
The recorder "control" is no recording: tandem-srs's lossless pictures as 8-bit 4:2:0 and back, which no recorder of that
format can excel; what it loses the reader loses."""
import collections, concurrent.futures, os, re, subprocess, sys, tempfile

folder, name, moments = sys.argv[1], sys.argv[2], [float(m) for m in sys.argv[3].split()]
control = name == "control"
of = "tandem-srs" if control else name
film = f"{folder}/mixed-{of}.mp4"
matrix = "bt709" if of.startswith("tandem-srs") else "bt601"  # what ffmpeg and SimpleScreenRecorder convert by
to_luma = f"scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p"
from_luma = f"scale=in_color_matrix={matrix}:in_range=tv"
os.environ["OMP_THREAD_LIMIT"] = "1"  # the reader's threads wait for each other more than they help


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def judge(graph, *inputs):
    """(SSIM, PSNR, index) of every frame of [e] and [f] against [c] and [d]."""
    with tempfile.TemporaryDirectory() as work:
        run("ffmpeg", "-v", "error", *inputs, "-lavfi", f"{graph};[e][c]ssim=stats_file={work}/ssim[g];[f][d]psnr=stats_file={work}/psnr[h]",
            "-map", "[g]", "-f", "null", "-", "-map", "[h]", "-f", "null", "-")
        ssim = [float(v) for v in re.findall(r"Y:([0-9.]+)", open(f"{work}/ssim").read())]
        psnr = [float("inf") if v == "inf" else float(v) for v in re.findall(r"psnr_y:([0-9.inf]+)", open(f"{work}/psnr").read())]
    return [(s, p, i) for i, (s, p) in enumerate(zip(ssim, psnr))]


def likest(moment, picture, out):
    """Writes the likest frame near the moment and gives its (SSIM, PSNR), or None where the file ends before."""
    if control:
        run("ffmpeg", "-v", "error", "-y", "-i", picture, "-vf", f"{to_luma},{from_luma}", out)
        return 1.0, 100.0
    window = ["-ss", f"{max(0.0, moment - 2.0):.2f}", "-t", "3.0", "-i", film]
    judged = judge(f"[0]format=yuv420p,split[e][f];[1]{to_luma},split[c][d]", *window, "-i", picture)
    if not judged:
        return None
    ssim, psnr, index = max(judged)
    run("ffmpeg", "-v", "error", "-y", *window, "-vf", f"{from_luma},select=eq(n\\,{index})", "-frames:v", "1", out)
    return ssim, min(psnr, 100.0)


def words(picture):
    return collections.Counter(run("tesseract", picture, "-").stdout.split())


def found(picture, seen):
    """(found, wanted) of the pictures as they are, and of both at twice their size: letters of a screen are less than half
    as high as those the reader was taught by."""
    counts = []
    for size in (1, 2):
        pair = []
        for side in (picture, seen):
            large = f"{seen}.{size}.{len(pair)}.png"
            run("ffmpeg", "-v", "error", "-y", "-i", side, "-vf", f"scale=iw*{size}:ih*{size}:flags=bicubic", large)
            pair.append(words(large))
            os.unlink(large)
        counts += [sum((pair[0] & pair[1]).values()), sum(pair[0].values())]
    return counts


def look(number, moment, work):
    picture, seen = f"{folder}/mixed-{of}-{number}.png", f"{work}/{number}.png"
    alike = likest(moment, picture, seen)
    return alike and (*alike, *found(picture, seen))


with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    rows = [r for r in pool.map(lambda m: look(*m, work), enumerate(moments, 1)) if r]
if not rows:
    sys.exit(f"{film} ends before the first lossless picture")
ssims, psnrs, *counts = zip(*rows)
plain, plain_wanted, large, large_wanted = map(sum, counts)
print(f"quality {name} {sum(ssims) / len(rows):.5f} {sum(psnrs) / len(rows):.2f} {100 * plain / plain_wanted:.1f} {100 * large / large_wanted:.1f}")
