namespace Tandem.SipServer.Calls;

internal enum SegmentState { Starting, On, Paused, Ended }
