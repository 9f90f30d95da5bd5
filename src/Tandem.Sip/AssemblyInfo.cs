using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Tandem.Sip.Tests")]
