-- What pandoc does to a document between reading its Markdown and writing it in another format.
-- Nothing is fetched: a picture becomes its description. Markup for web pages becomes the text that it is.

-- Words that typst could read as anything but themselves stand in a string.
local function plain_to_typst(text)
  return #text <= 40 and text:match("^%a%w*[,.;:]?$") ~= nil
end

local function in_typst_string(text)
  local escaped = text:gsub("\\", "\\\\"):gsub('"', '\\"')
  return pandoc.RawInline("typst", '#word("' .. escaped .. '");')
end

local function literal_word(word)
  if FORMAT == "typst" and not plain_to_typst(word.text) then
    return in_typst_string(word.text)
  end
end

local function as_text(raw)
  if raw.text:match("^%s*<!%-%-") then
    return {}
  end
  return pandoc.Str(raw.text)
end

local function raw_block_as_text(raw)
  return pandoc.Para(as_text(raw))
end

local function description(image)
  return image.caption
end

-- A link that is not to a web page or a mailbox is only its text.
local function plain_link(link)
  if not (link.target:match("^https?://") or link.target:match("^mailto:")) then
    return link.content
  end
end

-- How wide a text is, in letters of running text: capitals and figures, as in a reference, take more room.
local function width(text)
  local _, wide = text:gsub("[%u%d]", "")
  return (utf8.len(text) or 0) + 0.4 * wide
end

local function length(cell)
  return width(pandoc.utils.stringify(cell.contents))
end

local function longest_word(cell)
  local longest = 0
  for word in pandoc.utils.stringify(cell.contents):gmatch("%S+") do
    longest = math.max(longest, width(word))
  end
  return longest
end

local function rows_of(tbl)
  local rows = pandoc.List(tbl.head.rows):clone()
  for _, body in ipairs(tbl.bodies) do
    rows:extend(body.body)
  end
  return rows
end

-- Columns share the line by what stands in them, none narrower than its longest word needs (in letters).
local LINE, PADDING, WIDEST, LONGEST = 86, 3, 120, 24

local function measured(tbl)
  local least, wished = {}, {}
  for column = 1, #tbl.colspecs do
    least[column], wished[column] = 3, 3
  end
  for _, row in ipairs(rows_of(tbl)) do
    for column, cell in ipairs(row.cells) do
      least[column] = math.max(least[column], math.min(longest_word(cell), LONGEST))
      wished[column] = math.max(wished[column], math.min(length(cell), WIDEST))
    end
  end
  return least, wished
end

local function sum(numbers, each)
  local whole = 0
  for _, number in ipairs(numbers) do
    whole = whole + number + (each or 0)
  end
  return whole
end

-- A cell left empty is one to write in: it is wide, and on paper three lines high.
local ROOM = 14

local function make_room(tbl, least, wished)
  for _, row in ipairs(rows_of(tbl)) do
    for column, cell in ipairs(row.cells) do
      if #cell.contents == 0 and column > 1 then
        least[column], wished[column] = LINE * 0.6, 3
        if FORMAT == "typst" then
          cell.contents = { pandoc.RawBlock("typst", "#v(" .. ROOM .. "mm)") }
        end
      end
    end
  end
end

local function share_columns(tbl)
  local least, wished = measured(tbl)
  make_room(tbl, least, wished)
  local spare = math.max(LINE - sum(least, PADDING), 0)
  local line, wishes = sum(least, PADDING) + spare, sum(wished)
  for column, spec in ipairs(tbl.colspecs) do
    local letters = least[column] + PADDING + spare * wished[column] / wishes
    local side = spec[1] == pandoc.AlignDefault and pandoc.AlignLeft or spec[1]
    tbl.colspecs[column] = { side, math.floor(1000 * letters / line) / 1000 }
  end
  return tbl
end

-- On paper what leads in to a table or a paragraph stays on its page, and the closing lines stay together.
-- (A Word file is finished elsewhere, for pandoc can't say this of a paragraph.)
local function ends_with_colon(paragraph)
  local last = paragraph.content[#paragraph.content]
  return last ~= nil and (last.t == "Str" or last.t == "RawInline") and last.text:match(':"?%)?;?$') ~= nil
end

local function all_bold(paragraph)
  return #paragraph.content == 1 and paragraph.content[1].t == "Strong"
end

local function stays_with_next(blocks, number)
  local block, following = blocks[number], blocks[number + 1]
  if block.t ~= "Para" or following == nil then
    return false
  end
  local closes = following.t == "Para" and number >= #blocks - 2
  return closes or following.t == "Table" or ends_with_colon(block) or all_bold(block)
end

local function keep_together(document)
  if FORMAT ~= "typst" then
    return nil
  end
  local blocks = pandoc.List()
  for number, block in ipairs(document.blocks) do
    if stays_with_next(document.blocks, number) then
      blocks:extend({ pandoc.RawBlock("typst", "#lead["), block, pandoc.RawBlock("typst", "]") })
    else
      blocks:insert(block)
    end
  end
  document.blocks = blocks
  return document
end

-- One after the other: a table is measured by its words before those become strings of typst.
return {
  { RawInline = as_text, RawBlock = raw_block_as_text, Image = description, Link = plain_link, Table = share_columns },
  { Str = literal_word },
  { Pandoc = keep_together },
}
