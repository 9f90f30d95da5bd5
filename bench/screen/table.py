"""Prints what bench/screen/run measured, with ratios to ffmpeg and the goals: RESULTS."""
import sys

rows = [line.split() for line in open(sys.argv[1])]
names = {"tandem-srs": "tandem-srs", "tandem-srs-tracks": "the same, a track per monitor",
         "tandem-srs-h264": "the same, H.264", "tandem-srs-av1": "the same, AV1", "tandem-srs-444": "the same, VP9 4:4:4", "ffmpeg": "ffmpeg x264 veryfast crf 23", "ssr": "SimpleScreenRecorder"}
costs = {(r[0], r[1]): [float(v) for v in r[2:]] for r in rows if r[0] in ("mixed", "idle", "still", "second")}
quality = {r[1]: [float(v) for v in r[2:]] for r in rows if r[0] == "quality"}
seconds = {"mixed": 60, "idle": 20, "still": 20, "second": 60}


def total(part, name):
    """CPU seconds of recorder and X server; a clock of 10 ms sees nothing below."""
    return sum(costs[part, name][:2])


print(f"{'part':7}{'recorder':29}{'CPU s':>7}{'X+ s':>7}{'of peer':>9}{'MB RAM':>8}{'kB':>8}{'MB/h':>7}{'SSIM-Y':>9}{'PSNR-Y':>8}{'words':>8}{'enlarged':>10}")
for (part, name), (cpu, x, ram, size) in costs.items():
    ratio = f"{total(part, name) / total(part, 'ffmpeg'):.4f}" if (part, "ffmpeg") in costs else "-"
    seen = [f"{quality[name][0]:.5f}", f"{quality[name][1]:.2f}", *(f"{v:.1f} %" for v in quality[name][2:])] if part == "mixed" and name in quality else [""] * 4
    print(f"{part:7}{names.get(name, name):29}{cpu:7.2f}{x:7.2f}{ratio:>9}{ram:8.0f}{size / 1000:8.0f}{size * 3600 / seconds[part] / 1e6:7.0f}{seen[0]:>9}{seen[1]:>8}{seen[2]:>8}{seen[3]:>10}")


def goal(what, value, wanted, met):
    print(f"  {what:58}{value:>10}   goal {wanted:22}{'met' if met else 'NOT MET'}")


print()
for part, limit in (("mixed", 0.27), ("idle", 1 / 25), ("still", 1 / 150)):
    if (part, "tandem-srs") in costs and (part, "ffmpeg") in costs:
        ratio = total(part, "tandem-srs") / total(part, "ffmpeg")
        goal(f"{part}: CPU seconds, X server's share included, of the peer's", f"{ratio:.4f}", f"<= {limit:.4f}", ratio <= limit)
if ("mixed", "tandem-srs") in costs:
    ours = costs["mixed", "tandem-srs"]
    share = ours[3] / costs["mixed", "ffmpeg"][3]
    goal("mixed: bytes of the peer's", f"{share:.2f}", "<= 0.80", share <= 0.8)
    goal("memory, MB", f"{ours[2]:.0f}", "<= 230", ours[2] <= 230)
if "tandem-srs" in quality:
    ssim, _, words, _ = quality["tandem-srs"]
    goal("mixed: luma SSIM", f"{ssim:.5f}", ">= 0.998", ssim >= 0.998)
    goal(f"mixed: words of a lossless picture, % (control {quality['control'][2]:.1f})", f"{words:.1f}", ">= 97", words >= 97)
if ("second", "tandem-srs") in costs and ("mixed", "tandem-srs") in costs:
    more = total("second", "tandem-srs") - total("mixed", "tandem-srs")
    peer = total("second", "ffmpeg") - total("mixed", "ffmpeg")
    goal(f"second, still monitor: CPU seconds more (peer {peer:+.1f})", f"{more:+.2f}", "<= +1.6", more <= 1.6)
for row in rows:
    if row[0] == "start":
        goal(f"start command to first frame delivered, ms (worst {row[2]}, pixels {row[3]})", row[1], "<= 50", float(row[1]) <= 50)
    if row[:2] == ["kill", "tandem-srs"]:
        peer = next((r[2] for r in rows if r[:2] == ["kill", "ffmpeg"]), "-")
        goal(f"playable of 20 s after kill -9 (peer {peer})", row[2], ">= 18.5", float(row[2]) >= 18.5)
