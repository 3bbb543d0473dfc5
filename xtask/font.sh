#!/bin/sh
# Re-creates DownhillMath.woff2 and OFL.txt from the npm package
# @expo-google-fonts/stix-two-math (STIX Two Math 2.12 b168a, SIL OFL 1.1).
# Needs npm, tar, python3 with venv; leaves its work files in a temporary folder.
set -eu
out=$(cd "$(dirname "$0")/../www/font" && pwd)
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm pack --silent @expo-google-fonts/stix-two-math@0.4.0 >/dev/null
tar xzf expo-google-fonts-stix-two-math-0.4.0.tgz
echo "c3377c20641ecee349677e3f6cc71a6405c30cda7171a4cbc4a1c3970cfff0b4  package/400Regular/STIXTwoMath_400Regular.ttf" | sha256sum -c --quiet
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check fonttools==4.68.0 brotli==1.2.1
cp package/LICENSE_FONT "$out/OFL.txt"
cat >subset.py <<'PY'
import sys
from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont

FAMILY = 'Downhill Math'       # a modified version: not the original's name (OFL, clause 3)

chars = set()
def span(a, b): chars.update(range(a, b + 1))
def text(s): chars.update(map(ord, s))
text('0123456789')
span(0x41, 0x5A); span(0x61, 0x7A)            # upright A-Z a-z
span(0x1D434, 0x1D454); span(0x1D456, 0x1D467); chars.add(0x210E)   # italic; the h is U+210E
span(0x3B1, 0x3C9); text('ϵϑϰϕϱϖ')            # upright alpha-omega and variants
span(0x1D6FC, 0x1D71B)                        # italic alpha-omega, partial (U+1D715), variants
for c in 'ΓΔΘΛΞΠΣΥΦΨΩ':                        # capitals unlike Latin ones: upright, italic
    chars.update((ord(c), 0x1D6E2 + ord(c) - 0x391))
text('+-−=×·⋅/<>≤≥≠≈←→∂∑∞√|()[]{},.;:′^ˆ…\u0302')
text('\u0020\u00A0\u2009\u2061\u2062')        # spaces, function application, invisible times

font = TTFont(sys.argv[1])

# GSUB: only the script-size prime and the dotless i, j, in every script: Chromium
# does not choose the script 'math', where the original has them.
addOpenTypeFeaturesFromString(font, '''
    languagesystem DFLT dflt; languagesystem latn dflt; languagesystem math dflt;
    feature ssty { sub minute from [minute.ssty minute.ssty2]; } ssty;
    feature dtls { sub u1D456 by u1D456.dotless; sub u1D457 by u1D457.dotless; } dtls;
''', tables=['GSUB'])

# MATH: no cut-in kerns (browsers do not use them), / need not stretch, fewer wide hats.
# Chromium makes the box of a stretchy bracket as wide as the widest of its 13 sizes,
# whichever it shows: f( x ). So ( ) [ ] keep 6 sizes, and the parts that all larger
# ones are put together from are about as wide as the sixth. Braces keep 9 sizes.
math = font['MATH'].table
math.MathGlyphInfo.MathKernInfo = None
glyf, hmtx = font['glyf'], font['hmtx']
def move(names, stretch=lambda y: y, dx=0, adv=None):
    for n in names:
        g = glyf[n]
        for i, (x, y) in enumerate(g.coordinates):
            g.coordinates[i] = (x + dx, stretch(y))
        g.recalcBounds(glyf)
        hmtx[n] = (hmtx[n][0] if adv is None else adv, g.xMin)
v = math.MathVariants
for cov, cons in ((v.VertGlyphCoverage, v.VertGlyphConstruction),
                  (v.HorizGlyphCoverage, v.HorizGlyphConstruction)):
    for name, c in zip(cov.glyphs, cons):
        sizes = {'slash': '', 'uni0302': '1 2', 'uni221A': '1 2 3',
                 'parenleft': '1 2 3 4 5', 'parenright': '1 2 3 4 5',
                 'bracketleft': '1 2 3 4 5', 'bracketright': '1 2 3 4 5',
                 'braceleft': '1 2 3 4 6 8 10 12', 'braceright': '1 2 3 4 6 8 10 12',
                 }.get(name)
        if sizes is None: continue
        c.MathGlyphVariantRecord = [r for r in c.MathGlyphVariantRecord if r.VariantGlyph == name
                                    or r.VariantGlyph.rpartition('.s')[2] in sizes.split()]
        c.VariantCount = len(c.MathGlyphVariantRecord)
        if not name.startswith(('paren', 'bracket')): continue
        parts = c.GlyphAssembly.PartRecords
        names = {p.glyph for p in parts}
        adv = 484                              # as the parentheses' parts have it
        left, right = min(glyf[n].xMin for n in names), max(glyf[n].xMax for n in names)
        move(names, dx=(adv - left - right) // 2, adv=adv)
        if name.startswith('paren'):           # a shorter middle, for finer steps of height
            for p in parts:
                if p.PartFlags & 1:
                    move([p.glyph], stretch=lambda y: round(y * 650 / p.FullAdvance))
                    p.FullAdvance, p.StartConnectorLength, p.EndConnectorLength = 650, 550, 550

o = subset.Options()
o.layout_features = ['ssty', 'dtls']
o.hinting = False
o.glyph_names = False
o.notdef_outline = False
o.legacy_kern = False
o.drop_tables += ['gasp', 'GPOS', 'DSIG']
o.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
o.name_languages = [0x409]
s = subset.Subsetter(o)
s.populate(unicodes=chars)
s.subset(font)

ps = FAMILY.replace(' ', '') + '-Regular'
for n in list(font['name'].names):
    new = {1: FAMILY, 3: '2.12 b168a;subset;' + ps, 4: FAMILY + ' Regular',
           5: 'Version 2.12 b168a; subset of STIX Two Math', 6: ps}.get(n.nameID)
    if new: font['name'].setName(new, n.nameID, n.platformID, n.platEncID, n.langID)
font['OS/2'].achVendID = 'NONE'
font['head'].modified = font['head'].created   # the same bytes each time
font.recalcTimestamp = False

missing = chars - set(font.getBestCmap())
assert not missing, [hex(c) for c in sorted(missing)]
font.flavor = 'woff2'
font.save(sys.argv[2])
print(len(font.getGlyphOrder()), 'glyphs')
PY
venv/bin/python subset.py package/400Regular/STIXTwoMath_400Regular.ttf "$out/DownhillMath.woff2"
wc -c "$out/DownhillMath.woff2"
