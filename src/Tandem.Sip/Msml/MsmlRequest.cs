namespace Tandem.Sip.Msml;

/// <summary>One request element of an MSML body (RFC 5707 §7, the subset Tandem speaks). Switch on the derived types.</summary>
public abstract record MsmlRequest;
