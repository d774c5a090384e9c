"""What Word and Google Docs put on the clipboard as text/html: their markup, our words."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/awa/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal, li.MsoNormal {mso-style-unhide:no; margin-bottom:8.0pt;
font-size:11.0pt; font-family:"Calibri",sans-serif;} @list l0:level1 {mso-level-number-format:bullet;} --></style>
</head><body lang=FR style='tab-interval:35.4pt;word-wrap:break-word'><!--StartFragment-->
<p class=MsoTitle><span lang=FR style='mso-ansi-language:FR'>Le Togo emprunte<o:p></o:p></span></p>
<h1><span lang=FR>Ce qui change<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=FR>La Banque des États de l’Afrique
centrale maintient son <b style='mso-bidi-font-weight:normal'>taux directeur</b> à<span
style='mso-spacerun:yes'>  </span>5&nbsp;%,
selon <i>Les Échos</i>&nbsp;: c’est le H<sub>2</sub>O de l’éco&shy;nomie.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol;mso-bidi-font-family:Symbol'><span
style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
lang=FR>Coton<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle
style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]><span lang=FR>du nord<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]><span lang=FR>Cacao<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
lang=FR><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
lang=FR>Signer<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
lang=FR><span style='mso-list:Ignore'>2.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
lang=FR>Payer<o:p></o:p></span></p>
<h4><b><span lang=FR>Détails<o:p></o:p></span></b></h4>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>
<tr style='mso-yfti-irow:0'><td width=301 valign=top style='width:225.4pt'><p class=MsoNormal><span
lang=FR>Pays<o:p></o:p></span></p></td>
<td width=301 valign=top><p class=MsoNormal><span lang=FR>Part<o:p></o:p></span></p></td></tr>
<tr><td width=301><p class=MsoNormal><span lang=FR>Togo<o:p></o:p></span></p></td><td width=301><p
class=MsoNormal><span
lang=FR>16,2&nbsp;%<o:p></o:p></span></p></td></tr></table>
<p class=MsoNormal><span lang=FR>Lire <a href="https://www.bceao.int/fr">le communiqué</a> et <a
href="#_ftn1">la note</a>.<o:p></o:p></span></p>
<!--EndFragment--></body></html>"""

WORD_STORED = (
    "<h2>Le Togo emprunte</h2><h2>Ce qui change</h2>"
    "<p>La Banque des États de l’Afrique centrale maintient son <strong>taux directeur</strong> à 5\u00a0%, selon "
    "<em>Les Échos</em>\u00a0: c’est le H<sub>2</sub>O de l’économie.</p>"
    "<ul><li><p>Coton</p><ul><li><p>du nord</p></li></ul></li><li><p>Cacao</p></li></ul>"
    "<ol><li><p>Signer</p></li><li><p>Payer</p></li></ol>"
    "<h3>Détails</h3>"
    "<table><tbody><tr><td><p>Pays</p></td><td><p>Part</p></td></tr>"
    "<tr><td><p>Togo</p></td><td><p>16,2\u00a0%</p></td></tr></tbody></table>"
    '<p>Lire <a href="https://www.bceao.int/fr">le communiqué</a> et la note.</p>'
)

GOOGLE_DOCS = """<meta charset='utf-8'><html><head></head><body><b style="font-weight:normal;"
id="docs-internal-guid-3f1c2a77-7fff-8e1b-2c5f-0d9b1c1f2a3b"><h1 dir="ltr"
style="line-height:1.38;margin-top:20pt;"><span
style="font-size:20pt;font-family:Arial,sans-serif;color:#000000;font-weight:400;font-style:normal;white-space:pre-wrap;">Power
in Mauritania</span></h1><p dir="ltr" style="line-height:1.38;"><span
style="font-size:11pt;font-weight:400;font-style:normal;">The
plan costs </span><span style="font-size:11pt;font-weight:700;font-style:normal;">$289 million</span><span
style="font-size:11pt;font-weight:400;font-style:normal;">, says </span><span
style="font-size:11pt;font-weight:400;font-style:italic;">Le Calame</span><span
style="font-size:0.6em;font-weight:400;font-style:normal;vertical-align:super;">2</span><span
style="font-size:11pt;font-weight:400;">.</span></p><br /><h2 dir="ltr"><span
style="font-size:16pt;font-weight:700;">Where</span></h2><ul style="margin-top:0;"><li dir="ltr"
style="list-style-type:disc;" aria-level="1"><p dir="ltr" role="presentation"><span
style="font-size:11pt;font-weight:400;">Nouakchott</span></p></li><ul style="margin-top:0;"><li dir="ltr"
style="list-style-type:circle;" aria-level="2"><p dir="ltr" role="presentation"><span
style="font-size:11pt;font-weight:400;">north</span></p></li></ul><li dir="ltr" aria-level="1"><p dir="ltr"
role="presentation"><span style="font-size:11pt;font-weight:400;">Zouérat</span></p></li></ul><p dir="ltr"><a
href="https://www.google.com/url?q=https://example.org/plan&amp;sa=D&amp;source=editors"
style="text-decoration:none;"><span
style="font-size:11pt;color:#1155cc;text-decoration:underline;">The plan</span></a><span
style="font-size:11pt;">&nbsp;in full</span></p></b><br class="Apple-interchange-newline"></body></html>"""

GOOGLE_DOCS_STORED = (
    "<h2>Power in Mauritania</h2>"
    "<p>The plan costs <strong>$289 million</strong>, says <em>Le Calame</em><sup>2</sup>.</p>"
    "<h2>Where</h2>"
    "<ul><li><p>Nouakchott</p><ul><li><p>north</p></li></ul></li><li><p>Zouérat</p></li></ul>"
    '<p><a href="https://example.org/plan">The plan</a> in full</p>'
)
