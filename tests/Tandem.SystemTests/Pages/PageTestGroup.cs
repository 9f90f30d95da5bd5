namespace Tandem.SystemTests.Pages;

/// <summary>The tests of the pages share one server and one browser, so they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PageTestGroup : ICollectionFixture<PageWorld>
{
    public const string Name = "pages";
}
