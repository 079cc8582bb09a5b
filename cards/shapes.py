"""Which elements, actions and properties our cards may hold: the table that `checking` reads.

A property maps to the type or the set of words it takes, or to what is nested in it: "elements", "element",
"actions", "columns", "runs", "choices", or "data" for free JSON. Nothing that stands here is assumed to
be drawn by every client; Teams' own elements stand apart, and each of them needs a fallback.
Source: teams-platform facts, section 3; decision 0007.
"""

from collections.abc import Mapping

Takes = type | tuple[type, ...] | frozenset[str] | str
Shape = Mapping[str, Takes]

SPACING = frozenset({"none", "small", "default", "medium", "large", "extraLarge", "padding"})
SIZE = frozenset({"small", "default", "medium", "large", "extraLarge"})
WEIGHT = frozenset({"lighter", "default", "bolder"})
COLOR = frozenset({"default", "dark", "light", "accent", "good", "warning", "attention"})
BOX_STYLE = frozenset({"default", "emphasis", "accent", "good", "warning", "attention"})
CHOICE_STYLE = frozenset({"compact", "expanded"})
NUMBER = (int, float)

_ANY: Shape = {
    "id": str,
    "spacing": SPACING,
    "separator": bool,
    "isVisible": bool,
    "fallback": "element",
}
_TEXT: Shape = {"text": str, "size": SIZE, "weight": WEIGHT, "color": COLOR, "isSubtle": bool}
_INPUT: Shape = {**_ANY, "label": str, "errorMessage": str, "isRequired": bool, "value": str}
_ACTION: Shape = {
    "title": str,
    "tooltip": str,
    "data": "data",
    "associatedInputs": frozenset({"auto", "none"}),
}

ELEMENTS: Mapping[str, Shape] = {
    "TextBlock": {**_ANY, **_TEXT, "wrap": bool, "style": frozenset({"heading"})},
    "RichTextBlock": {**_ANY, "inlines": "runs"},
    "Container": {**_ANY, "items": "elements", "style": BOX_STYLE},
    "ColumnSet": {**_ANY, "columns": "columns"},
    "ActionSet": {**_ANY, "actions": "actions"},
    "Image": {**_ANY, "url": str, "altText": str, "size": SIZE | {"auto", "stretch"}},
    "Input.Text": {**_INPUT, "isMultiline": bool, "maxLength": int},
    "Input.Date": _INPUT,
    "Input.Toggle": {**_INPUT, "title": str, "valueOn": str, "valueOff": str, "wrap": bool},
    "Input.ChoiceSet": {
        **_INPUT,
        "choices": "choices",
        "style": CHOICE_STYLE,
        "isMultiSelect": bool,
        "wrap": bool,
    },
}

TEAMS_OWN: Mapping[str, Shape] = {
    "ProgressBar": {**_ANY, "value": NUMBER, "max": NUMBER, "color": COLOR},
    "Badge": {**_ANY, "text": str, "size": SIZE, "style": str, "tooltip": str},
    "Icon": {**_ANY, "name": str, "size": str, "color": COLOR},
    "CodeBlock": {**_ANY, "codeSnippet": str, "language": str, "startLineNumber": int},
    "Chart.VerticalBar.Grouped": {
        **_ANY,
        "title": str,
        "xAxisTitle": str,
        "yAxisTitle": str,
        "data": "data",
        "showBarValues": bool,
    },
    "Chart.VerticalBar": {**_ANY, "title": str, "xAxisTitle": str, "yAxisTitle": str, "data": "data"},
    "Chart.HorizontalBar": {**_ANY, "title": str, "data": "data", "displayMode": str},
    "Chart.HorizontalBar.Stacked": {**_ANY, "title": str, "data": "data"},
    "Chart.Line": {**_ANY, "title": str, "xAxisTitle": str, "yAxisTitle": str, "data": "data"},
    "Chart.Donut": {**_ANY, "title": str, "data": "data"},
    "Chart.Pie": {**_ANY, "title": str, "data": "data"},
    "Chart.Gauge": {**_ANY, "title": str, "value": NUMBER, "min": NUMBER, "max": NUMBER, "segments": "data"},
}
"""Drawn by Teams although no published schema up to 1.5 has them; absent on some phones and old clients."""

ACTIONS: Mapping[str, Shape] = {
    "Action.Execute": {**_ACTION, "verb": str, "fallback": "action"},
    "Action.Submit": _ACTION,
    "Action.ToggleVisibility": {"title": str, "tooltip": str, "targetElements": "data"},
}

PARTS: Mapping[str, Shape] = {
    "Column": {"width": (str, int), "items": "elements"},
    "TextRun": _TEXT,
    "choice": {"title": str, "value": str},
    "AdaptiveCard": {
        "$schema": str,
        "version": str,
        "fallbackText": str,
        "body": "elements",
        "msteams": "data",
        "refresh": "data",
    },
}

NEEDS: Mapping[str, tuple[str, ...]] = {
    "TextBlock": ("text",),
    "TextRun": ("text",),
    "RichTextBlock": ("inlines",),
    "Container": ("items",),
    "ColumnSet": ("columns",),
    "Column": ("items", "width"),
    "ActionSet": ("actions",),
    "Image": ("url", "altText"),
    "Input.Text": ("id", "label", "errorMessage"),
    "Input.Date": ("id", "label", "errorMessage"),
    "Input.Toggle": ("id", "label", "errorMessage", "title"),
    "Input.ChoiceSet": ("id", "label", "errorMessage", "choices"),
    "Action.Execute": ("title", "verb", "data", "fallback"),
    "Action.Submit": ("title", "data"),
    "Action.ToggleVisibility": ("title", "targetElements"),
    "choice": ("title", "value"),
    "AdaptiveCard": ("version", "fallbackText", "body"),
    **dict.fromkeys(TEAMS_OWN, ("fallback",)),
}
"""Properties that must be there and hold something."""

NESTED: Mapping[str, Mapping[str, Shape]] = {
    "elements": {**ELEMENTS, **TEAMS_OWN},
    "element": {**ELEMENTS, **TEAMS_OWN},
    "actions": ACTIONS,
    "action": {"Action.Submit": ACTIONS["Action.Submit"]},
    "columns": {"Column": PARTS["Column"]},
    "runs": {"TextRun": PARTS["TextRun"]},
    "choices": {"choice": PARTS["choice"]},
    "card": {"AdaptiveCard": PARTS["AdaptiveCard"]},
}
"""What may stand where."""
