import { LitElement } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';
import { nothing } from 'lit';

/** A component without a shadow root: one style sheet a page, and every element reachable by plain selectors. */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

class Place extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('place() stands in the tag itself');
  }

  render(_styles: Record<string, string>): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [styles]: [Record<string, string>]): typeof nothing {
    const style = (part.element as HTMLElement).style;
    for (const [name, value] of Object.entries(styles)) if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
    return nothing;
  }
}

/** Sets style properties through the object model: the pages' policy forbids style attributes. */
export const place = directive(Place);
