using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Tandem.Media.Tests")]
