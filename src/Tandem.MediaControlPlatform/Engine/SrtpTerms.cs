using Tandem.Media.Srtp;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>The keys that offer and answer gave a leg (RFC 4568): each side sends under its own.</summary>
internal sealed record SrtpTerms(SrtpKey Ours, SrtpKey Theirs);
