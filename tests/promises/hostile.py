"""Words that try to become something else on a page; each says so by calling weft_ran()."""

from collections.abc import Iterator
from itertools import product

RAN = "weft_ran()"
TAGS = (
    "<script>{0}</script>",
    "<script src=data:text/javascript,{0}></script>",
    "<img src=x onerror={0}>",
    "<img src=x onerror='{0}'>",
    "<img/src=`x`onerror={0}>",
    "<svg onload={0}>",
    "<svg><script>{0}</script></svg>",
    "<svg><animate onbegin={0} attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:{0}><text y=9>x</text></a></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>parent.{0}</script>'></foreignObject></svg>",
    "<math><mtext><img src=x onerror={0}></mtext></math>",
    "<body onload={0}>",
    "<iframe src=javascript:{0}></iframe>",
    "<iframe srcdoc='<script>parent.{0}</script>'></iframe>",
    "<object data=javascript:{0}></object>",
    "<embed src=javascript:{0}>",
    "<details open ontoggle={0}>x</details>",
    "<input autofocus onfocus={0}>",
    "<select autofocus onfocus={0}></select>",
    "<video><source onerror={0}></video>",
    "<audio src=x onerror={0}></audio>",
    "<marquee onstart={0}>x</marquee>",
    "<a href=javascript:{0}>x</a>",
    "<form action=javascript:{0}><button autofocus>x</button></form>",
    "<button formaction=javascript:{0}>x</button>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>*{{background:url(//evil.example/x)}}</style>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>",
    "<template><script>{0}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={0}>'>",
    "<p style=animation-name:x onanimationstart={0}>x</p>",
    "<div style='width:expression({0})'>x</div>",
    "<isindex action=javascript:{0} type=image>",
    "<xss id=x tabindex=1 onfocus={0} autofocus></xss>",
)
BREAKERS = (
    "",
    '">',
    "'>",
    "`>",
    "-->",
    "]]>",
    "</textarea>",
    "</title>",
    "</script>",
    "</style>",
    "</option></select>",
    '" x="',
    "' x='",
    '\\">',
    "%22%3E",
)
IN_ATTRIBUTES = (
    '" onfocus={0} autofocus x="',
    "' onmouseover={0} x='",
    "x onpointerenter={0}",
    '"><!--',
    "javascript:{0}",
    "JaVaScRiPt:{0}",
    "java\tscript:{0}",
    " javascript:{0}",
    "javascript&colon;{0}",
    "data:text/html,<script>{0}</script>",
    "vbscript:{0}",
    "//evil.example/x",
    "&#60;script&#62;{0}&#60;/script&#62;",
    "&lt;script&gt;{0}&lt;/script&gt;",
    "\\u003cscript\\u003e{0}\\u003c/script\\u003e",
    "\\x3cimg src=x onerror={0}\\x3e",
    "';{0};//",
    '";{0};//',
    "${{{0}}}",
    "`-{0}-`",
)
TEMPLATES = (
    "{{7*7}}",
    "{{ config }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{% raw %}",
    "{% endraw %}{{7*7}}",
    "{% include '/etc/passwd' %}",
    "{# gone #}",
    "{%- if 1 -%}49{%- endif -%}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "%(text)s %(nothing)d %s %n",
    "{0} {text} {0.__class__}",
    "%%",
    "@(7*7)",
)
TRICKS = (
    "\u202eright to left\u202c",
    "\u2066isolated\u2069",
    "\u200bze\u200bro\u200cwidth\u200d",
    "\ufefffirst",
    "e\u0301 and \u00e9",
    "\u1e9b\u0323",
    "\ud55c\uae00 \u4e2d\u6587 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308",
    "Z\u0351\u036b\u0343a\u0363\u0367l\u0368g\u0300o\u0301",
    "\uff1cscript\uff1eweft_ran()\uff1c/script\uff1e",
    "\u2028line\u2029paragraph",
    "nul\x00inside",
    "bell\x07 escape\x1b[31m backspace\x08",
    "carriage\rreturn",
    "carriage\r\nline",
    "tab\tinside",
    "Subject: x\r\nBcc: somebody@evil.example",
    "x" * 400,
    "<" * 200,
    "&" * 100,
    "&amp;amp;amp;",
    "&nbsp;&#0;&#x110000;&#xd800;",
    "' OR 1=1 --",
    "'; DROP TABLE person; --",
    "../../../../etc/passwd",
    "None null undefined NaN",
    "=1+1",
    "+cmd|' /C calc'!A0",
)


def strings() -> list[str]:
    """Every one of them, each once."""
    return list(dict.fromkeys(_all()))


def _all() -> Iterator[str]:
    for breaker, tag in product(BREAKERS, TAGS):
        yield breaker + tag.format(RAN)
    for pattern in (*TAGS, *IN_ATTRIBUTES):
        attack = pattern.format(RAN)
        yield attack.swapcase().replace("WEFT_RAN", "weft_ran")
        yield attack.replace("<", "<\x00")
        yield attack.replace(" ", "/")
    for attack in IN_ATTRIBUTES:
        yield attack.format(RAN)
    yield from TEMPLATES
    yield from TRICKS


def chunks(count: int) -> list[str]:
    """All of them in so many pieces, one on each line, with an honest word at both ends."""
    every = strings()
    size = -(-len(every) // count)
    pieces = [every[n : n + size] for n in range(0, len(every), size)]
    return ["\n".join(("first", *piece, "last")) for piece in pieces]
