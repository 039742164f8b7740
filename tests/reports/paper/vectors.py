"""Ways in which a document can try to reach the network or a file; CANARY stands for the address."""

NETWORK = (
    '<img src="CANARY/1">',
    '<img srcset="CANARY/2 2x" src="x">',
    '<link rel="stylesheet" href="CANARY/3.css">',
    '<link rel="attachment" href="CANARY/4">',
    '<a rel="attachment" href="CANARY/5">a</a>',
    '<style>@import "CANARY/6.css";</style>',
    "<style>@import url(CANARY/7.css);</style>",
    "<style>@font-face{font-family:z;src:url(CANARY/8.ttf)}h1{font-family:z}</style>",
    "<style>body{background:url(CANARY/9.png)}</style>",
    "<style>li{list-style-image:url(CANARY/10.png)}</style>",
    '<style>p::before{content:url("CANARY/11.png")}</style>',
    "<style>p{border-image-source:url(CANARY/12.png)}</style>",
    "<style>@page{background:url(CANARY/13.png)}</style>",
    "<style>@page{@top-left{content:url(CANARY/14.png)}}</style>",
    "<style>@color-profile --z{src:url(CANARY/15.icc)}p{color:color(--z 1 1 1)}</style>",
    '<p style="background-image:url(CANARY/16.png)">x</p>',
    '<object data="CANARY/17.svg"></object>',
    '<embed src="CANARY/18.svg">',
    '<iframe src="CANARY/19.html"></iframe>',
    '<input type="image" src="CANARY/20.png">',
    '<video poster="CANARY/21.png" src="CANARY/21.mp4"></video>',
    '<base href="CANARY/22/"><img src="x.png">',
    '<svg width="9" height="9"><image href="CANARY/23.png" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="CANARY/24.svg#a"/></svg>',
    '<svg width="9" height="9"><style>@import "CANARY/25.css";</style></svg>',
    '<svg width="9" height="9"><rect width="9" height="9" fill="url(CANARY/26.svg#a)"/></svg>',
    '<svg width="9" height="9"><image xlink:href="CANARY/27.png" width="9" height="9"/></svg>',
    '<body background="CANARY/28.png">',
    '<table background="CANARY/29.png"><tr><td>x</td></tr></table>',
    '<meta http-equiv="refresh" content="0;url=CANARY/30">',
)
FILES = (
    '<img src="file://SECRET">',
    '<link rel="stylesheet" href="file://SECRET">',
    '<link rel="attachment" href="file://SECRET">',
    '<a rel="attachment" href="file://SECRET">a</a>',
    '<style>@import "file://SECRET";</style>',
    "<style>@font-face{font-family:z;src:url(file://SECRET)}h1{font-family:z}</style>",
    '<style>@font-face{font-family:z;src:local("DejaVu Sans")}h1{font-family:z}</style>',
    "<style>body{background:url(file://SECRET)}</style>",
    '<object data="file://SECRET"></object>',
    '<embed src="file://SECRET">',
    '<iframe src="file://SECRET"></iframe>',
    '<svg width="9" height="9"><image href="file://SECRET" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="file://SECRET#a"/></svg>',
    '<img src="SECRET">',
    '<base href="file:///"><img src="etc/hostname">',
    "<style>@color-profile --z{src:url(file://SECRET)}p{color:color(--z 1 1 1)}</style>",
)
BOMBS = (
    '<table><tr><td colspan="1000000">x</td></tr></table>',
    "<style>p{--a:xxxxxxxxxx;--b:var(--a)var(--a)var(--a)var(--a)var(--a)var(--a)var(--a)var(--a);"
    + "".join(f"--{chr(c + 1)}:" + f"var(--{chr(c)})" * 8 + ";" for c in range(ord("b"), ord("m")))
    + "content:var(--m)}</style><p>x</p>",
    "<svg><defs><g id='a'><path d='M0 0L9 9'/></g>"
    + "".join(f"<g id='{chr(98 + n)}'>{f'<use href=#{chr(97 + n)}/>' * 12}</g>" for n in range(12))
    + "</defs><use href='#m'/></svg>",
    "<style>@page{size:1mm 1mm;margin:0}</style><p>" + "word " * 20000,
    "<div>" * 1500 + "x",
)
ACTING = (
    '<a href="javascript:alert(1)">x</a>',
    '<a href="file:///etc/hostname">x</a>',
    '<a href="CANARY/link">x</a>',
    "<script>fetch('CANARY/script')</script>",
    '<form action="CANARY/form"><input name="a"><button>b</button></form>',
)
