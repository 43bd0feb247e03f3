-- What pandoc does to a document between reading its Markdown and writing it in another format.
-- Nothing is fetched: a picture becomes its description. Markup for web pages becomes the text that it is.

-- Words that typst could read as anything but themselves stand in a string.
local function plain_to_typst(text)
  return text:match("^[%a][%w]*[,.;:]?$") ~= nil
end

local function in_typst_string(text)
  local escaped = text:gsub("\\", "\\\\"):gsub('"', '\\"')
  return pandoc.RawInline("typst", '#"' .. escaped .. '";')
end

function Str(word)
  if FORMAT == "typst" and not plain_to_typst(word.text) then
    return in_typst_string(word.text)
  end
end

local function as_text(raw)
  if raw.text:match("^%s*<!%-%-") then
    return {}
  end
  local words = pandoc.Str(raw.text)
  return Str(words) or words
end

function RawInline(raw)
  return as_text(raw)
end

function RawBlock(raw)
  return pandoc.Para(as_text(raw))
end

function Image(image)
  return image.caption
end

-- A link that is not to a web page or a mailbox is only its text.
function Link(link)
  if not (link.target:match("^https?://") or link.target:match("^mailto:")) then
    return link.content
  end
end

local function length(cell)
  return #pandoc.utils.stringify(pandoc.Pandoc(cell.contents))
end

local function rows_of(tbl)
  local rows = pandoc.List(tbl.head.rows):clone()
  for _, body in ipairs(tbl.bodies) do
    rows:extend(body.body)
  end
  return rows
end

-- Columns as wide as what stands in them, none narrower than a short word needs.
local NARROWEST, WIDEST = 14, 60

local function wishes(tbl)
  local wished = {}
  for column = 1, #tbl.colspecs do
    wished[column] = NARROWEST
  end
  for _, row in ipairs(rows_of(tbl)) do
    for column, cell in ipairs(row.cells) do
      wished[column] = math.max(wished[column], math.min(length(cell), WIDEST))
    end
  end
  return wished
end

function Table(tbl)
  local wished, whole = wishes(tbl), 0
  for _, wish in ipairs(wished) do
    whole = whole + wish
  end
  for column, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[column] = { spec[1], math.floor(1000 * wished[column] / whole) / 1000 }
  end
  return tbl
end

-- From the leaves up, so that a picture's own words are already fit for the format.
traverse = "typewise"
