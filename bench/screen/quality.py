"""Compares a recording of the mixed work with lossless pictures taken meanwhile: DIR RECORDER "SECONDS…".

Prints "quality RECORDER SSIM-Y PSNR-Y words-in-percent", means over the pictures. A recording does not say when the
picture was taken to the frame, so the likest frame within two seconds counts. A recorder's own matrix is used to
bring the lossless picture to luma."""
import collections, re, subprocess, sys, tempfile

folder, name, moments = sys.argv[1], sys.argv[2], [float(m) for m in sys.argv[3].split()]
film = f"{folder}/mixed-{name}.mp4"
matrix = "bt709" if name == "tandem-srs" else "bt601"  # what ffmpeg and SimpleScreenRecorder convert by


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def frames(moment, picture, work):
    """(SSIM, PSNR, index) of every frame near the moment."""
    start = max(0.0, moment - 2.0)
    window = ["-ss", f"{start:.2f}", "-t", "3.0", "-i", film]
    graph = (f"[0]split[a][b];[1]scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p,split[c][d];"
             f"[a]format=yuv420p[e];[b]format=yuv420p[f];[e][c]ssim=stats_file={work}/ssim[g];[f][d]psnr=stats_file={work}/psnr[h]")
    run("ffmpeg", "-v", "error", *window, "-i", picture, "-lavfi", graph,
        "-map", "[g]", "-f", "null", "-", "-map", "[h]", "-f", "null", "-")
    ssim = [float(v) for v in re.findall(r"Y:([0-9.]+)", open(f"{work}/ssim").read())]
    psnr = [float("inf") if v == "inf" else float(v) for v in re.findall(r"psnr_y:([0-9.inf]+)", open(f"{work}/psnr").read())]
    return window, [(s, p, i) for i, (s, p) in enumerate(zip(ssim, psnr))]


def words(picture):
    return collections.Counter(run("tesseract", picture, "-").stdout.split())


ssims, psnrs, found, wanted = [], [], 0, 0
with tempfile.TemporaryDirectory() as work:
    for number, moment in enumerate(moments, 1):
        picture = f"{folder}/mixed-{name}-{number}.png"
        window, judged = frames(moment, picture, work)
        if not judged:
            continue  # the file ends before this moment
        ssim, psnr, index = max(judged)
        ssims.append(ssim)
        psnrs.append(min(psnr, 100.0))
        if number % 2:
            run("ffmpeg", "-v", "error", "-y", *window, "-vf", f"scale=in_color_matrix={matrix}:in_range=tv,select=eq(n\\,{index})", "-frames:v", "1", f"{work}/seen.png")
            truth, seen = words(picture), words(f"{work}/seen.png")
            found += sum((truth & seen).values())
            wanted += sum(truth.values())
print(f"quality {name} {sum(ssims) / len(ssims):.5f} {sum(psnrs) / len(psnrs):.2f} {100 * found / max(wanted, 1):.1f}")
