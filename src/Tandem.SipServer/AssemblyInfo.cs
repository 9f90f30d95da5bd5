using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Tandem.SipServer.Tests")]
