using Microsoft.Playwright;

namespace Tandem.SystemTests.Pages;

internal static class LocatorText
{
    /// <summary>Elements that match a selector and hold a text.</summary>
    public static ILocator Find(this OpenPage page, string selector, string text) => page.Page.Locator(selector, new() { HasText = text });
}
