"""How somebody settles on another thing than the one just named, whatever it is: "Monday, no, make it Wednesday"."""

from typing import Final

_MAKE_IT: Final = r"תעש[הוי]|נעשה|עדיף|בוא[וי]? נגיד|בוא[וי]?|נגיד|תרשום|תרשמ[וי]|תשים|תשימ[וי]|תבוא[וי]?|תשלח[וי]?|תביא[וי]?|צריך|צריכה"
CHANGED: Final = (
    rf"(?:לא,? )?(?:עזוב|עזבו|עזבי|תעזוב|תעזבו)(?: אותך| זה)?(?:,? (?:{_MAKE_IT}))?"
    rf"|(?:או |ו)?(?:אתה |את |אתם )?יודע(?:ת|ים)? מה(?:,? (?:{_MAKE_IT}))?"
    rf"|(?:רגע,? |אה,? )?לא,? (?:תעש[הוי]|תרשום|תרשמ[וי]|תשים|תשימ[וי])|בעצם(?: לא)?(?:,? (?:{_MAKE_IT}))?"
    r"|(?:actually,? )?make (?:it|that)|scratch that|no,? wait|you know what"
)
"""As the source of a pattern in ordinary spelling."""
