using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Tandem.MediaControlPlatform.Tests")]
[assembly: InternalsVisibleTo("Tandem.Media.Bench")]
